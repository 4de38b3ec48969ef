package transcripts

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func init() { poison = true }

// outline says in one line each what a session's exchanges are.
func outline(s *Session) string {
	var b strings.Builder
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		switch e.Kind {
		case Ordered:
			b.WriteString(strings.TrimSpace(e.Command.Verb.String() + " " + e.Command.Args))
			if e.Command.Verb <= Unknown {
				fmt.Fprintf(&b, "(%s)", e.Command.Text)
			}
		case Answered:
			fmt.Fprintf(&b, "answered(%s)", e.Command.Text)
		default:
			b.WriteString(e.Kind.String())
		}
		if e.Command.Early {
			b.WriteString(" early")
		}
		if e.Body != nil {
			fmt.Fprintf(&b, " [%d lines, %v]", e.Body.Lines, e.Body.End)
		}
		b.WriteString(" ->")
		for _, r := range append([]Reply{e.Reply}, e.More...) {
			if r.Recorded() {
				fmt.Fprintf(&b, " %d", r.Code)
				if len(r.Lines) > 1 {
					fmt.Fprintf(&b, "*%d", len(r.Lines))
				}
				if r.Open {
					b.WriteString("...")
				}
			}
		}
		if e.Before.Adrift {
			b.WriteString(" adrift")
		}
		b.WriteByte('\n')
	}
	for _, f := range s.Faults {
		fmt.Fprintf(&b, "! %v at %d\n", f.Kind, f.Exchange)
	}
	return b.String()
}

// An outlined is a recording, and the outline of its exchanges.
type outlined struct{ name, in, want string }

func testDialogues(t *testing.T, all []outlined) {
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			var got strings.Builder
			for s, err := range Read(strings.NewReader(c.in), Plain, Hints{}) {
				if err != nil {
					t.Fatal(err)
				}
				got.WriteString(outline(s))
			}
			if d := cmp.Diff(strings.TrimPrefix(c.want, "\n"), got.String()); d != "" {
				t.Errorf("exchanges (-want +got):\n%s", d)
			}
		})
	}
}

// TestDialogue goes through the paragraphs of the pairing rules.
func TestDialogue(t *testing.T) {
	testDialogues(t, []outlined{
		{"one after the other", `
S: 220 mx
C: EHLO me
S: 250-mx
S: 250-SIZE 1000
S: 250 PIPELINING
C: MAIL FROM:<a@b>
S: 250 ok
C: QUIT
S: 221 bye
`, `
connected -> 220
EHLO me -> 250*3
MAIL FROM:<a@b> -> 250
QUIT -> 221
`},
		{"a first reply that is no greeting answers the connection where that is known to be new", `
# [opened]
S: 250 mx
C: EHLO me
S: 250 mx
`, `
connected -> 250
EHLO me -> 250
`},
		{"a first reply without its last line is a piece of one from before the recording", `
S: 250-PIPELINING
C: MAIL FROM:<a@b>
S: 250 ok
C: RCPT TO:<c@d>
S: 250 ok
`, `
unasked -> 250...
MAIL FROM:<a@b> -> 250
RCPT TO:<c@d> -> 250
`},
		{"but a greeting stays one", `
S: 220-mx
C: EHLO me
S: 250 mx
`, `
connected -> 220...
EHLO me early -> 250
`},
		{"two greetings in a row: the sessions are mixed up, and stay out of step", `
S: 220 a
S: 220 b
C: EHLO me
S: 250 a
C: EHLO me
S: 250 b
`, `
connected -> 220
unasked -> 220
EHLO me -> 250 adrift
EHLO me -> 250 adrift
! surplus at 1
! second-greeting at 1
`},
		{"a greeting while another session waits for a reply, and a reply too many", `
S: 220 a
C: EHLO me
S: 220 b
C: EHLO me
S: 250 a
S: 250 b
C: MAIL FROM:<a@b>
S: 220 c
C: MAIL FROM:<a@b>
S: 250 ok
`, `
connected -> 220
EHLO me ->
connected -> 220
EHLO me -> 250
unasked -> 250
MAIL FROM:<a@b> -> adrift
! surplus at 2
! second-greeting at 0
connected -> 220 adrift
MAIL FROM:<a@b> -> 250 adrift
`},
		{"a session that stops and another one after it are not mixed up", `
S: 220 a
C: EHLO me
S: 220 b
C: EHLO me
S: 250 b
`, `
connected -> 220
EHLO me ->
connected -> 220
EHLO me -> 250
`},
		{"answers that come behind the 354 belong to the commands before DATA", `
S: 220 mx.example.org
C: RCPT TO:<b@example.org>
C: RCPT TO:<c@example.org>
C: DATA
S: 354 go
S: 250 <b@example.org>
S: 550 <c@example.org>
C: text
C: .
S: 250 queued
C: QUIT
S: 221 bye
`, `
connected -> 220
RCPT TO:<b@example.org> -> 250 adrift
RCPT TO:<c@example.org> early -> 550 adrift
DATA early -> 354 adrift
content [1 lines, dot] -> 250
QUIT -> 221
! reordered at 1
`},
		{"pipelining is first in, first out; DATA waits for its 354", `
S: 220 mx
C: EHLO me
S: 250 PIPELINING
C: MAIL FROM:<a@b>
C: RCPT TO:<c@d>
C: RCPT TO:<e@f>
C: DATA
S: 250 ok
S: 250 ok
S: 550 no
S: 354 go
C: Subject: x
C:
C: QUIT
C: text
C: .
S: 250 queued
C: QUIT
S: 221 bye
`, `
connected -> 220
EHLO me -> 250
MAIL FROM:<a@b> -> 250
RCPT TO:<c@d> early -> 250
RCPT TO:<e@f> early -> 550
DATA early -> 354
content [4 lines, dot] -> 250
QUIT -> 221
`},
		{"421 comes at any time", `
S: 220 mx
C: NOOP
S: 250 ok
S: 421 shutting down
`, `
connected -> 220
NOOP -> 250
unasked -> 421
`},
		{"421 interrupts a reply", `
S: 220 mx
C: EHLO me
S: 250-mx
S: 421 shutting down
`, `
connected -> 220
EHLO me -> 250...
unasked -> 421
`},
		{"the client talks before the greeting", `
C: EHLO me
S: 220 mx
S: 250 mx
`, `
connected -> 220
EHLO me early -> 250
`},
		{"a greeting that never ends", `
S: 220-mx
C: EHLO me
S: 250 mx
`, `
connected -> 220...
EHLO me early -> 250
`},
		{"the client talks into a greeting of two lines", `
S: 220-mx
C: EHLO me
S: 220 ready
S: 250 mx
`, `
connected -> 220*2
EHLO me early -> 250
`},
		{"a reply got lost", `
C: MAIL FROM:<a@b>
C: RCPT TO:<c@d>
S: 250 ok
C: QUIT
S: 221 bye
`, `
MAIL FROM:<a@b> -> 250
RCPT TO:<c@d> early -> adrift
QUIT early -> 221 adrift
! unanswered at 1
`},
		{"354 finds its DATA", `
C: MAIL FROM:<a@b>
C: RCPT TO:<c@d>
C: DATA
S: 250 ok
S: 354 go
C: text
C: .
S: 250 queued
`, `
MAIL FROM:<a@b> -> 250
RCPT TO:<c@d> early -> adrift
DATA early -> 354 adrift
content [1 lines, dot] -> 250 adrift
! unanswered at 1
`},
		{"a reply too many, and back in step at QUIT", `
S: 220 mx
C: NOOP
S: 250 ok
S: 250 ok
C: NOOP
S: 250 ok
C: RSET
S: 250 ok
C: NOOP
S: 250 ok
`, `
connected -> 220
NOOP -> 250
unasked -> 250
NOOP -> 250 adrift
RSET -> 250 adrift
NOOP -> 250
! surplus at 2
`},
		{"a line without a code belongs to the reply around it", `
C: HELP
S: 214-Commands
S: EHLO MAIL
S: 214 end
C: NOOP
S: no code at all
C: QUIT
S: 221 bye
`, `
HELP -> 214*3
NOOP -> 0...
QUIT -> 221
`},
		{"after ATRN the roles are swapped", `
S: 220 isp
C: EHLO me
S: 250 isp
C: ATRN example.org
S: 250 turning around
C: 220 me
S: EHLO isp
C: 250 me
S: QUIT
C: 221 bye
`, `
connected -> 220
EHLO me -> 250
ATRN example.org -> 250
connected -> 220
EHLO isp -> 250
QUIT -> 221
`},
		{"an HTTP proxy is asked for the connection", `
C: CONNECT mx:25 HTTP/1.1
C: Host: mx:25
C= "\r\n"
S: HTTP/1.1 200 Established
S: Via: proxy
S= "\r\n"
S: 220 mx
C: EHLO me
S: 250 mx
`, `
connected -> 220
EHLO me -> 250
`},
		{"an HTTP proxy whose answer is recorded in part", `
C: CONNECT mx:25 HTTP/1.0
S: HTTP/1.0 200 Established
S: 220 mx
C: EHLO me
S: 250 mx
`, `
connected -> 220
EHLO me -> 250
`},
		{"a PROXY header is no command", `
C: PROXY TCP4 192.0.2.1 192.0.2.2 1234 25
S: 220 mx
C: QUIT
S: 221 bye
`, `
connected -> 220
QUIT -> 221
`},
	})
}
