package transcripts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestDirectives(t *testing.T) {
	const in = `# smtplint: port=587 lmtp
# smtplint: ignore-file[a] -- the server closed the connection
S: 220 mx
#smtplint:expect[b]
# an ordinary comment

C: EHLO client
# smtplint: one
# smtplint: two
S: 250 mx
garbage
C: MAIL FROM:<a@example.com>
S: 250 Ok
# smtplint: unreadable
garbage
C: DATA
S: 354 go
C: Subject: x
C:
C: the body is read in runs
C: of many lines
# smtplint: in a body
C: again
C: .
S: 250 Ok
# smtplint: at the end
`
	var got []string
	for s := range Read(strings.NewReader(in), Plain, Hints{}) {
		got = append(got, fmt.Sprint(s.Port, s.LMTP, len(s.Remarks), s.Ended))
		for _, d := range s.Asked {
			got = append(got, fmt.Sprintf("%d %s > %d", d.Span.Line, d.Text, d.Next.Line))
		}
	}
	want := []string{
		fmt.Sprint(587, true, 1, Comment),
		"1 port=587 lmtp > 3", "2 ignore-file[a] -- the server closed the connection > 3", "4 expect[b] > 7",
		"8 one > 10", "9 two > 10", "14 unreadable > 15", "22 in a body > 23", "26 at the end > 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for s := range Read(strings.NewReader(in), Plain, Hints{Deaf: true}) {
		if s.Port != 0 || s.LMTP || len(s.Asked) != 0 || len(s.Remarks) != 1 {
			t.Errorf("deaf, and yet port %d, lmtp %v, asked %v", s.Port, s.LMTP, s.Asked)
		}
	}
}

// TestDirectivesAreWritten: what is written in the plain notation asks the same.
func TestDirectivesAreWritten(t *testing.T) {
	const in = "# smtplint: ignore[a, b] -- why\nS: 220 mx\nC: QUIT\nS: 221 bye\n"
	var out strings.Builder
	w := NewPlainWriter(&out, Plain, false)
	r := Open(strings.NewReader(in))
	defer r.Close()
	if err := r.Lines(Plain, Hints{}, w.Line); err != nil {
		t.Fatal(err)
	}
	w.Flush()
	if _, got, _ := strings.Cut(out.String(), "\n"); got != in {
		t.Errorf("written as %q", got)
	}
}

func TestHintsOf(t *testing.T) {
	const in = "# a comment\n# smtplint: format=swaks\n\n#smtplint: port=25\n=== Trying\n# smtplint: late\n"
	if got, want := HintsOf([]byte(in)), []string{"format=swaks", "port=25"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
