package capture

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/internal/wire"
)

// Captures of real conversations, with what the clients themselves saw.
const samples = "../../../shared/samples/pcap/"

// cases are the conversations that a sample's name may speak of. The longer
// names come first.
var cases = []string{
	"port25-ipv6-deliver", "port25-interleave", "port25-starttls", "port25-deliver", "port25-pipeline",
	"starttls-dsb", "deliver-any-sll1", "deliver-any-sll2", "deliver-ipv6", "deliver-nano", "pipeline-snap96",
	"interleave", "starttls", "pipeline", "deliver", "badpipe", "badseq", "barelf", "reject", "auth", "bdat",
	"drop", "early", "vrfy",
}

// incomplete are samples that do not hold all of their conversation.
var incomplete = map[string]bool{
	"deliver-editcap-snap80.pcap": true, "pipeline-snap96.pcap": true, "oneway-client-deliver.pcap": true,
	"gap-deliver.pcap": true, "midstream-late-deliver.pcap": true,
}

// unread are samples whose client did not look at all that it had received.
var unread = map[string]bool{"barelf.pcap": true}

func truthOf(t *testing.T, sample string) map[string]string {
	name := strings.TrimSuffix(sample, filepath.Ext(sample))
	if strings.HasSuffix(sample, "ng") {
		if data, err := os.ReadFile(samples + "truth/" + name + "-ng.txt"); err == nil {
			return truths(t, data)
		}
	}
	for _, c := range cases {
		if strings.Contains(name, c) {
			data, err := os.ReadFile(samples + "truth/" + c + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			return truths(t, data)
		}
	}
	t.Fatalf("no truth for %s", sample)
	return nil
}

// truths reads "A> b'...'": what client A sent, and "A< b'...'": what it
// received, one line each, in the order in which it did. A name may be left
// out.
func truths(t *testing.T, data []byte) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(string(data)) {
		name, rest := "", strings.TrimRight(line, "\n")
		if 'A' <= rest[0] && rest[0] <= 'Z' {
			name, rest = rest[:1], rest[1:]
		}
		quoted, ok := strings.CutPrefix(rest[1:], " ")
		if !ok || rest[0] == '!' {
			continue
		}
		text, ok := wire.Unquote([]byte(strings.TrimPrefix(quoted, "b")))
		if !ok {
			t.Fatalf("cannot read %q", line)
		}
		who := "C"
		if rest[0] == '<' {
			who = "S"
		}
		all[name] = say(all[name], who, string(bytes.TrimSuffix(text, []byte{'\n'})))
	}
	return all
}

// say adds what a side said to a conversation. LFs are left out: the truth does
// not tell where the client sent them. A line break is where the speaker
// changes.
func say(conversation, who, text string) string {
	last := conversation[strings.LastIndexByte(conversation, '\n')+1:]
	if !strings.HasPrefix(last, who) {
		conversation += "\n" + who + " "
	}
	return conversation + text
}

// heard reads a capture into what each client sent and received. Where
// octets are missing, a line that has lost its end is still one line.
func heard(t testing.TB, data []byte, missing bool) map[string]string {
	all := map[string]string{}
	rec := transcripts.Open(bytes.NewReader(data))
	defer rec.Close()
	err := rec.Lines(Packets, transcripts.Hints{}, func(l *transcripts.Line) {
		text := string(l.Text)
		if l.EOL == transcripts.CRLF || l.EOL == transcripts.CR || missing && l.EOL == transcripts.NoEOL {
			text += "\r"
		}
		if l.From != transcripts.Recorder {
			all[string(l.Conn)] = say(all[string(l.Conn)], "CS"[l.From:l.From+1], text)
		}
	})
	if err != nil {
		t.Error(err)
	}
	return all
}

// TestTruth compares every sample with what the clients saw, octet for octet
// and in their order.
func TestTruth(t *testing.T) {
	paths, _ := filepath.Glob(samples + "*.pcap*")
	if len(paths) == 0 {
		t.Skip("no samples here")
	}
	for _, path := range paths {
		name := filepath.Base(path)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, want := heard(t, data, incomplete[name]), truthOf(t, name)
		left := map[string]bool{}
		for _, w := range want {
			left[w] = true
		}
		for stream, g := range got {
			found := ""
			for w := range left {
				if g == w || hidden(g, w) || incomplete[name] && within(g, w) || unread[name] && within(w, g) {
					found = w
				}
			}
			if found == "" && len(want) == 1 {
				for w := range left {
					t.Errorf("%s, stream %s (-want +got):\n%s", name, stream, cmp.Diff(w, g))
				}
			} else if found == "" {
				t.Errorf("%s, stream %s is not in the truth:\n%s", name, stream, g)
			}
			delete(left, found)
		}
		for w := range left {
			t.Errorf("%s does not tell:\n%.200s", name, w)
		}
	}
}

// hidden reports whether a capture stops where TLS begins.
func hidden(got, want string) bool {
	return strings.HasPrefix(want, got) && strings.Contains(got, "STARTTLS\r\nS 220 ") && strings.Count(got, "S 220 ") == 2
}

// within reports whether each line is the start of one of the wanted lines, in
// their order for each side.
func within(got, want string) bool {
	for _, who := range [...]string{"C", "S"} {
		wanted := linesOf(want, who)
		for _, g := range linesOf(got, who) {
			for len(wanted) > 0 && !strings.HasPrefix(wanted[0], g) {
				wanted = wanted[1:]
			}
			if len(wanted) == 0 {
				return false
			}
			wanted = wanted[1:]
		}
	}
	return true
}

func linesOf(conversation, who string) (lines []string) {
	for turn := range strings.SplitSeq(conversation, "\n") {
		if text, ok := strings.CutPrefix(turn, who+" "); ok {
			for line := range strings.SplitSeq(text, "\r") {
				if line != "" {
					lines = append(lines, line)
				}
			}
		}
	}
	return lines
}
