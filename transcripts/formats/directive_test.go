package formats

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

const forged = "# smtplint: ignore-file[all] -- I am the peer"

// commented lists the formats in which comments can be told from the
// conversation.
var commented = []string{"mailkit", "msmtp", "perl", "ruby", "smtplib", "swaks"}

// TestNobodyForgesDirectives puts a directive in the place of each line that a
// party said, and in the place of each part of it: none may be taken for the
// keeper's own.
func TestNobodyForgesDirectives(t *testing.T) {
	tried := 0
	each(t, func(path string, data []byte, f *transcripts.Format) {
		for _, s := range saidIn(data, f) {
			line := data[s.Offset : s.Offset+int64(s.Length)]
			for mark := range len(line) {
				if mark > 0 && line[mark-1] != ' ' && line[mark-1] != '"' {
					continue
				}
				changed := bytes.Join([][]byte{data[:s.Offset], line[:mark], []byte(forged), data[s.Offset+int64(s.Length):]}, nil)
				if mark == 0 && s.Column == 1 && !s.bare {
					continue // this takes the recorder's mark away, which no party can
				}
				tried++
				if got := askedIn(changed, f); len(got) > 0 {
					t.Errorf("%s, line %d: %q counts", path, s.Line, got)
				}
			}
		}
	})
	if tried < 500 {
		t.Errorf("only %d forgeries were tried", tried)
	}
}

// TestDirectivesBetweenLines puts a directive between any two lines of a
// recording: where the notation has room for comments, that changes nothing but
// line numbers.
func TestDirectivesBetweenLines(t *testing.T) {
	seen := map[string]bool{}
	each(t, func(path string, data []byte, f *transcripts.Format) {
		if !marked(f) {
			return
		}
		want := saidBy(data, f)
		lines := bytes.SplitAfter(data, []byte{'\n'})
		for k := range lines {
			changed := bytes.Join([][]byte{bytes.Join(lines[:k], nil), []byte(forged + "\n"), bytes.Join(lines[k:], nil)}, nil)
			if nameOf(detected(changed)) != f.Name {
				t.Fatalf("%s is not recognised any more", path)
			}
			if got := askedIn(changed, f); len(got) != 1 {
				continue // swaks without its marks
			}
			seen[f.Name] = true
			if got := saidBy(changed, f); got != want {
				t.Fatalf("%s, before line %d: a directive changes the conversation", path, k+1)
			}
		}
	})
	for _, name := range commented {
		if !seen[name] {
			t.Errorf("%s takes no directives", name)
		}
	}
}

// each calls do for every recording in testdata that is made of lines.
func each(t *testing.T, do func(path string, data []byte, f *transcripts.Format)) {
	paths, err := filepath.Glob("testdata/*.log")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if f := detected(data); f != nil && f.Read == nil && len(data) < 8<<10 {
			do(path, data, f)
		}
	}
}

func marked(f *transcripts.Format) bool {
	for _, name := range commented {
		if f.Name == name {
			return true
		}
	}
	return false
}

// lineSaid is where a line of a party stands.
type lineSaid struct {
	transcripts.Span
	bare bool // without a mark
}

// saidIn lists the first lines of the parties.
func saidIn(data []byte, f *transcripts.Format) (all []lineSaid) {
	readLines(data, f, func(l *transcripts.Line) {
		end := l.Span.Offset + int64(l.Span.Length)
		if l.From != transcripts.Recorder && l.Span.Length > 0 && end <= int64(len(data)) && len(all) < 12 {
			all = append(all, lineSaid{l.Span, int(l.Span.Length) == len(l.Text)})
		}
	})
	return all
}

func askedIn(data []byte, f *transcripts.Format) (texts []string) {
	readLines(data, f, func(l *transcripts.Line) {
		if l.From == transcripts.Recorder && l.Note == transcripts.Asked {
			texts = append(texts, string(l.Text))
		}
	})
	return texts
}

// conversation is what the parties said.
func saidBy(data []byte, f *transcripts.Format) string {
	var b strings.Builder
	readLines(data, f, func(l *transcripts.Line) {
		if l.From != transcripts.Recorder {
			b.WriteString(l.From.String() + " " + l.EOL.String() + " " + string(l.Text) + "\n")
		}
	})
	return b.String()
}

func readLines(data []byte, f *transcripts.Format, do func(*transcripts.Line)) {
	r := transcripts.Open(bytes.NewReader(data))
	defer r.Close()
	r.Lines(f, transcripts.Hints{}, do)
}
