package capture

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

func TestFlows(t *testing.T) {
	const a, b = "127.000.000.001.57722", "127.000.000.001.02526"
	got := Flows([]string{
		"report.xml", a + "-" + b, b + "-" + a, a + "-" + b + "c1", b + "-" + a + "c2",
		"1795444658T" + a + "-" + b, "session.log", "0000:0000:0000:0000:0000:0000:0000:0001.00025-127.1.1.1.1",
	})
	want := [][2]string{
		{b + "-" + a, a + "-" + b}, {b + "-" + a + "c2", ""}, {a + "-" + b + "c1", ""}, {"1795444658T" + a + "-" + b, ""},
	}
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for _, w := range want {
		found := false
		for _, g := range got {
			found = found || g == w
		}
		if !found {
			t.Errorf("%v is not in %v", w, got)
		}
	}
}

// TestStreams reads the two directions of a connection apart and puts them
// together again. Where client and server took turns, that is the conversation.
func TestStreams(t *testing.T) {
	for _, name := range []string{"deliver", "starttls", "deliver-ipv6", "drop"} {
		data, err := os.ReadFile("testdata/" + name + ".pcap")
		if err != nil {
			t.Fatal(err)
		}
		var client, server string
		for direction, octets := range ourStreams(data) {
			if Serves([]byte(octets)) {
				server = octets
			} else if direction != "" {
				client = octets
			}
		}
		if d := cmp.Diff(words(said(t, data)), paired(t, client, server)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func paired(t testing.TB, client, server string) (lines []string) {
	f := Pair(func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(server)), nil })
	rec := transcripts.Open(strings.NewReader(client))
	defer rec.Close()
	err := rec.Lines(f, transcripts.Hints{}, func(l *transcripts.Line) {
		if l.From != transcripts.Recorder {
			lines = append(lines, l.From.String()+" "+string(l.Text)+" "+l.EOL.String())
		}
	})
	if err != nil {
		t.Error(err)
	}
	return lines
}

// words leaves remarks out, and quotes.
func words(said []string) (lines []string) {
	for _, s := range said {
		if !strings.HasPrefix(s, "recorder") {
			from := s[:6]
			end := strings.LastIndexByte(s, '"')
			lines = append(lines, from+" "+s[strings.IndexByte(s, '"')+1:end]+s[end+1:])
		}
	}
	return lines
}

// TestPipelinedStreams: what was pipelined finds its replies.
func TestPipelinedStreams(t *testing.T) {
	client := "LHLO me\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\ntext\r\n.\r\nQUIT\r\n"
	server := "220 mx\r\n250-mx\r\n250 PIPELINING\r\n250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 one\r\n450 two\r\n221 bye\r\n"
	f := Pair(func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(server)), nil })
	n := 0
	for s, err := range transcripts.Read(strings.NewReader(client), f, transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		last := &s.Exchanges[len(s.Exchanges)-1]
		message := &s.Exchanges[len(s.Exchanges)-2]
		if last.Reply.Code != 221 || message.Kind != transcripts.Content || len(message.More) != 1 || len(s.Faults) > 0 {
			t.Errorf("%+v", s)
		}
		if s.Proves.Has(transcripts.Order) || !s.Proves.Has(transcripts.LineEnds) {
			t.Errorf("proves %v", s.Proves)
		}
	}
	if n != 1 {
		t.Errorf("%d sessions", n)
	}
}

// TestStreamGap: tcpflow fills what is missing with NUL.
func TestStreamGap(t *testing.T) {
	lines := paired(t, "EHLO me\r\nMAIL FR\x00\x00\x00\x00\x00\x00\x00\r\nRCPT TO:<c@d>\r\n", "220 mx\r\n250 mx\r\n250 ok\r\n250 ok\r\n")
	if text := strings.Join(lines, "\n"); !strings.Contains(text, "client MAIL FR none\n") || strings.Contains(text, "\x00") {
		t.Error(text)
	}
}

// FuzzStreams plays any two directions together.
func FuzzStreams(f *testing.F) {
	f.Add([]byte("EHLO me\r\nBDAT 10 LAST\r\n1234567890QUIT\r\n"), []byte("220 mx\r\n250 mx\r\n250 ok\r\n221 bye\r\n"))
	f.Add([]byte("EHLO me\r\nSTARTTLS\r\n\x16\x03\x01"), []byte("220 mx\r\n250 mx\r\n220 go\r\n\x16\x03\x03"))
	f.Fuzz(func(t *testing.T, client, server []byte) {
		n := 0
		err := readStreams(bytes.NewReader(client), bytes.NewReader(server), counting(func(l *transcripts.Line) {
			n += len(l.Text)
			if !l.Span.Known() || l.Span.Offset < 0 {
				t.Errorf("%q at %+v", l.Text, l.Span)
			}
		}))
		if err != nil || n > len(client)+len(server) {
			t.Error(n, err)
		}
	})
}
