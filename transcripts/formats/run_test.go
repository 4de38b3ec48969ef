package formats

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

// stepwise is a format whose content is never read in runs.
func stepwise(f *transcripts.Format) *transcripts.Format {
	slow := *f
	slow.New = func(head []byte) transcripts.Decoder { return onlyDecoder{f.New(head)} }
	return &slow
}

type onlyDecoder struct{ transcripts.Decoder }

func (d onlyDecoder) Flush(emit func(*transcripts.Line)) {
	if f, ok := d.Decoder.(transcripts.Flusher); ok {
		f.Flush(emit)
	}
}

var pointers = regexp.MustCompile(` \w+:0x[0-9a-f]+`)

// everything says all that a recording was read as.
func everything(data []byte, f *transcripts.Format) string {
	var b strings.Builder
	for s, err := range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		if err != nil {
			break
		}
		fmt.Fprintf(&b, "%s %v %v-%v %d %v %v\n", s.ID, s.Proves, s.Span, s.End, s.Ended, s.Faults, s.Remarks)
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			fmt.Fprintf(&b, "  %v %+v %+v\n", e.Kind, e.Command, e.Reply)
			if body := e.Body; body != nil {
				b.WriteString(pointers.ReplaceAllString(fmt.Sprintf("    %+v\n", *body), ""))
			}
		}
	}
	return b.String()
}

// TestRuns: reading content in runs finds what reading it line by line does.
func TestRuns(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.log")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f := detected(data)
		if d := cmp.Diff(everything(data, stepwise(f)), everything(data, f)); d != "" {
			t.Errorf("%s (-line by line +in runs):\n%s", path, d)
		}
	}
}

// FuzzRuns does the same with anything behind the header of a message.
func FuzzRuns(f *testing.F) {
	f.Add("text\nmore\n.\nMAIL FROM:<a@b>\n..x\n.x\n.\n", uint8(0))
	f.Add(strings.Repeat("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", 40)+"QUIT\nb\x00\n\xff\n\n.\n", uint8(1))
	f.Add("line\r\nline\r\nline\nline\r\n.\r\n", uint8(2))
	f.Fuzz(func(t *testing.T, body string, which uint8) {
		format := [...]*transcripts.Format{transcripts.Plain, swaks}[which%2]
		client, server := "C: ", "S: "
		if format == swaks {
			client, server = " -> ", "<-  "
		}
		lines := strings.SplitAfter("DATA\n\x01354 go\nSubject: x\n\n"+body, "\n")
		var b strings.Builder
		for _, l := range lines {
			if rest, ok := strings.CutPrefix(l, "\x01"); ok {
				b.WriteString(server + rest)
			} else if l != "" {
				b.WriteString(client + l)
			}
		}
		b.WriteString("\n" + server + "250 queued\n" + client + "QUIT\n" + server + "500 what\n" + server + "221 bye\n")
		data := []byte(b.String())
		if d := cmp.Diff(everything(data, stepwise(format)), everything(data, format)); d != "" {
			t.Errorf("%q (-line by line +in runs):\n%s", data, d)
		}
	})
}
