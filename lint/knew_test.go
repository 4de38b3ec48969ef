package lint

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestKnew asks whether the client had read the reply to MAIL when it sent the
// command behind it.
func TestKnew(t *testing.T) {
	const (
		offers  = "C: EHLO me\nS: 250-mx\nS: 250 PIPELINING\n"
		none    = "C: EHLO me\nS: 250 mx\n"
		waiting = "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<b@c.d>\nS: 250 ok\n"
		group   = "C: MAIL FROM:<>\nC: RCPT TO:<b@c.d>\nS: 250 ok\nS: 250 ok\n"
		server  = "# proves: Opening Closing Unbroken Order\n"
	)
	for _, c := range []struct {
		name, in string
		want     bool
	}{
		{"it waited", offers + waiting, true},
		{"it did not", offers + group, false},
		{"the server's log, and it may have pipelined", server + offers + waiting, false},
		{"the server's log, and it may not", server + none + waiting, true},
		{"the server's log, and HELO", server + "C: HELO me\nS: 250 mx\n" + waiting, true},
		{"nothing is known of the order", "# proves: Unbroken Reaction\n" + none + waiting, false},
	} {
		for s := range transcripts.Read(strings.NewReader("S: 220 mx\n"+c.in), transcripts.Plain, transcripts.Hints{}) {
			p := Pass{Session: s}
			if got := p.Knew(2, 3); got != c.want {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			}
		}
	}
}
