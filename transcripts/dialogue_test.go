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

// TestDialogue goes through the paragraphs of the pairing rules.
func TestDialogue(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
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
		{"content that the recorder describes is left out", `
C: DATA
S: 354 go
C: ... 5120 bytes of message ...
C: .
S: 250 queued
C: DATA
S: 354 go
C: <message body omitted>
C: .
S: 250 queued
C: DATA
S: 354 go
C: .
S: 250 queued 5120 bytes
C: DATA
S: 354 go
C: <html>
C: .
S: 250 queued 8 bytes
C: DATA
S: 354 go
C: .
S: 250 queued as 5120
`, `
DATA -> 354
content [1 lines, elided] -> 250
DATA -> 354
content [1 lines, elided] -> 250
DATA -> 354
content [0 lines, elided] -> 250
DATA -> 354
content [1 lines, dot] -> 250
DATA -> 354
content [0 lines, dot] -> 250
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
		{"a recording that begins with 334 goes on with its answer", `
S: 334 UGFzc3dvcmQ6
C: c2VjcmV0
S: 235 ok
C: QUIT
S: 221 bye
`, `
unasked -> 334
answered(c2VjcmV0) -> 235
QUIT -> 221
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
		{"a reply that comes while the message is sent is none of them", `
S: 220 mx.example.org
C: RCPT TO:<b@example.org>
C: DATA
S: 354 go
C: text
S: 250 <b@example.org>
C: QUIT
S: 221 bye
`, `
connected -> 220
RCPT TO:<b@example.org> -> adrift
DATA early -> 354 adrift
content [1 lines, unknown] -> 250 adrift
QUIT -> 221 adrift
! unanswered at 1
`},
		{"the payload of a BDAT that the server does not know is taken for commands", `
C: RCPT TO:<c@d>
S: 250 ok
C: BDAT 100
S: 500 what?
C: Subject: x
S: 500 what?
C:
S: 500 what?
C: some text
S: 500 what?
C: QUIT
S: 221 bye
`, `
RCPT TO:<c@d> -> 250
BDAT 100 [0 lines, cut] -> 500
strayed [3 lines, unknown] -> 500 500 500 adrift
QUIT -> 221 adrift
`},
		{"in LMTP the last chunk draws no reply where nobody was accepted", `
# mode: lmtp
S: 220 mx
C: LHLO me
S: 250 mx
C: MAIL FROM:<a@b>
S: 250 ok
C: RCPT TO:<c@d>
S: 550 no
C: BDAT 0 LAST
C: RSET
S: 250 ok
`, `
connected -> 220
LHLO me -> 250
MAIL FROM:<a@b> -> 250
RCPT TO:<c@d> -> 550
BDAT 0 LAST [0 lines, counted] ->
RSET -> 250
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
		{"commands may follow the final period at once", `
C: DATA
S: 354 go
C: text
C: .
C: MAIL FROM:<a@b>
C: QUIT
S: 250 queued
S: 250 ok
S: 221 bye
`, `
DATA -> 354
content [1 lines, dot] -> 250
MAIL FROM:<a@b> early -> 250
QUIT early -> 221
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
		{"DATA again and again before the 354", `
C: RSET
C: MAIL FROM:<a@b>
C: DATA
C: DATA
C: DATA
C: .
S: 250 ok
S: 250 ok
S: 503 no
S: 354 go
S: 501 no
`, `
RSET -> 250
MAIL FROM:<a@b> early -> 250
DATA early -> 503
DATA early -> 354 adrift
content [2 lines, unknown] -> 501 adrift
`},
		{"a chunk is longer than BDAT announced", `
C: BDAT 5 LAST
C= "Subject: too long\r\n"
S: 250 ok
S: 500 what
C: QUIT
S: 221 bye
`, `
BDAT 5 LAST [1 lines, counted] -> 250 adrift
strayed [1 lines, unknown] -> 500 adrift
QUIT -> 221 adrift
`},
		{"a chunk is shorter than BDAT announced", `
C: BDAT 100 LAST
C= "Subject: too short\r\n"
C= "QUIT\r\n"
# client closed the connection
`, `
BDAT 100 LAST [2 lines, cut] ->
`},
		{"octets of the client are missing", `
S: 220 mx
C: EHLO me
S: 250 mx
C: MAIL FROM:<a@b>
# [client gap] 100 octets
C: half of something
C: RCPT TO:<c@d>
S: 250 ok
S: 250 ok
C: RSET
S: 250 ok
C: EHLO me
S: 250-mx
S: 250-SIZE
S: 250 HELP
C: NOOP
S: 250 ok
`, `
connected -> 220
EHLO me -> 250
MAIL FROM:<a@b> -> 250 adrift
RCPT TO:<c@d> early -> 250 adrift
RSET -> 250 adrift
EHLO me -> 250*3 adrift
NOOP -> 250
`},
		{"octets of the server are missing within a reply", `
S: 220 mx
C: EHLO me
S: 250-mx
# [server gap] 30 octets
S: 250 HELP
C: QUIT
S: 221 bye
`, `
connected -> 220
EHLO me -> 250*2 adrift
QUIT -> 221 adrift
`},
		{"octets of a chunk are missing", `
C: BDAT 30 LAST
C= "12345678\r\n"
# [client gap] 10 octets
C= "90123456\r\n"
C= "QUIT\r\n"
S: 250 ok
S: 221 bye
`, `
BDAT 30 LAST [2 lines, counted] -> 250 adrift
QUIT early -> 221 adrift
`},
		{"TLS hides the rest", `
S: 220 mx
C: EHLO me
S: 250 STARTTLS
C: STARTTLS
S: 220 go
C= "\x16\x03\x01\x02\x00\x01\n"
S= "\x16\x03\x03\x00z\n"
C= "\x17\x03\x03\n"
`, `
connected -> 220
EHLO me -> 250
STARTTLS -> 220
`},
		{"TLS from the beginning", `
C= "\x16\x03\x01\x02\x00\x01\n"
S= "\x16\x03\x03\x00z\n"
`, `
connected ->
`},
		{"a server takes a loose period for the end", `
C: DATA
S: 354 go
C= "text\n"
C= ".\n"
C= "MAIL FROM:<a@b>\r\n"
C= ".\r\n"
S: 250 queued
S: 250 ok
`, `
DATA -> 354
content [3 lines, dot] -> 250
unasked -> 250
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
		{"AUTH goes on as long as 334 asks", `
C: AUTH LOGIN
S: 334 VXNlcm5hbWU6
C: QUIT
S: 334 UGFzc3dvcmQ6
C: c2VjcmV0
S: 235 welcome
C: MAIL FROM:<a@b>
S: 250 ok
`, `
AUTH LOGIN -> 334
answered(QUIT) -> 334
answered(c2VjcmV0) -> 235
MAIL FROM:<a@b> -> 250
`},
		{"an answer to 334 that is not recorded", `
C: AUTH LOGIN
S: 334 UGFzc3dvcmQ6
S: 235 welcome
C: MAIL FROM:<a@b>
S: 250 ok
`, `
AUTH LOGIN -> 334
answered() -> 235
MAIL FROM:<a@b> -> 250
`},
		{"a 334 that is not recorded", `
C: AUTH PLAIN
C: AGEAYg==
S: 235 welcome
C: NOOP
S: 250 ok
`, `
AUTH PLAIN ->
answered(AGEAYg==) -> 235
NOOP -> 250
`},
		{"replies of AUTH that are not recorded", `
C: AUTH LOGIN
C: dXNlcg==
C: cGFzcw==
C: MAIL FROM:<a@b>
S: 250 ok
C: NOOP
S: 250 ok
`, `
AUTH LOGIN ->
answered(dXNlcg==) ->
answered(cGFzcw==) ->
MAIL FROM:<a@b> early -> 250
NOOP -> 250
`},
		{"BDAT counts octets and takes no notice of what they look like", `
C= "BDAT 12 LAST\r\n"
C= "QUIT\r\n"
C= ".\r\n"
C= "x\r\n"
S= "250 ok\r\n"
C= "QUIT\r\n"
S= "221 bye\r\n"
`, `
BDAT 12 LAST [3 lines, counted] -> 250
QUIT -> 221
`},
		{"a chunk that ends within a line, the next command behind it", `
C= "BDAT 3\r\n"
C= "abcBDAT 2 LAST\r\n"
C= "de"
S= "250 ok\r\n"
S= "250 ok\r\n"
C= "QUIT\r\n"
S= "221 bye\r\n"
`, `
BDAT 3 [1 lines, counted] -> 250
BDAT 2 LAST early [1 lines, counted] -> 250
QUIT -> 221
`},
		{"BDAT whose lines end in known and in unknown ways", `
C: BDAT 7 LAST
C: abcdef
C= "g\r\n"
S= "250 ok\r\n"
C= "QUIT\r\n"
S= "221 bye\r\n"
`, `
BDAT 7 LAST [2 lines, counted] -> 250
QUIT -> 221
`},
		{"a chunk that the server takes for commands", `
C= "BDAT 6 LAST\r\n"
C= "a\r\n"
C= "b\r\n"
S= "500 what?\r\n"
S= "500 what?\r\n"
S= "500 what?\r\n"
C= "QUIT\r\n"
S= "221 bye\r\n"
`, `
BDAT 6 LAST [2 lines, counted] -> 500
unasked -> 500 adrift
unasked -> 500 adrift
QUIT -> 221 adrift
`},
		{"replies that the recorder leaves out", `
S: 220 ready
C: MAIL FROM:<a@b>
# [reply left out]
C: RSET
S: 250 ok
C: DATA
S: 354 go
# [content left out]
# [reply left out]
C: NOOP
S: 250 ok
C: QUIT
S: 221 bye
`, `
connected -> 220
MAIL FROM:<a@b> ->
RSET -> 250
DATA -> 354
content [0 lines, elided] ->
NOOP -> 250
QUIT -> 221
`},
		{"BDAT without payload on record", `
C: BDAT 300 LAST
S: 250 ok
C: QUIT
S: 221 bye
`, `
BDAT 300 LAST [0 lines, cut] -> 250
QUIT -> 221
`},
		{"BDAT whose line ends are not known", `
C: BDAT 20 LAST
C: Subject: x
C:
C: text
S: 250 ok
C: QUIT
S: 221 bye
`, `
BDAT 20 LAST [3 lines, counted] -> 250
QUIT -> 221
`},
		{"LMTP answers for each recipient", `
S: 220 store LMTP
C: LHLO me
S: 250 store
C: MAIL FROM:<a@b>
S: 250 ok
C: RCPT TO:<c@d>
S: 250 ok
C: RCPT TO:<x@d>
S: 550 no
C: RCPT TO:<e@f>
S: 250 ok
C: DATA
S: 354 go
C: text
C: .
C: QUIT
S: 250 c
S: 452 e
S: 221 bye
`, `
connected -> 220
LHLO me -> 250
MAIL FROM:<a@b> -> 250
RCPT TO:<c@d> -> 250
RCPT TO:<x@d> -> 550
RCPT TO:<e@f> -> 250
DATA -> 354
content [1 lines, dot] -> 250 452
QUIT early -> 221
`},
		{"LMTP with a reply too few", `
S: 220 store LMTP
C: LHLO me
S: 250 store
C: MAIL FROM:<a@b>
S: 250 ok
C: RCPT TO:<c@d>
S: 250 ok
C: RCPT TO:<e@f>
S: 250 ok
C: DATA
S: 354 go
C: text
C: .
S: 250 c
C: QUIT
S: 221 bye
`, `
connected -> 220
LHLO me -> 250
MAIL FROM:<a@b> -> 250
RCPT TO:<c@d> -> 250
RCPT TO:<e@f> -> 250
DATA -> 354
content [1 lines, dot] -> 250
QUIT -> 221
`},
		{"a period, more text, one reply, and all goes well: shown before doubling", `
C: DATA
S: 354 go
C: one
C: .
C: two
C: .
S: 250 queued
C: QUIT
S: 221 bye
`, `
DATA -> 354
content [3 lines, dot] -> 250
QUIT -> 221
`},
		{"a period, more text, one reply, and QUIT is not understood: ended early", `
C: DATA
S: 354 go
C: one
C: .
C: two
C: .
S: 250 queued
C: QUIT
S: 500 what
S: 500 what
S: 221 bye
`, `
DATA -> 354
content [1 lines, dot] -> 250
strayed [2 lines, unknown] -> 500 500 adrift
QUIT -> 221 adrift
`},
		{"a period, more text, and a run of 500: ended early", `
C: DATA
S: 354 go
C: one
C: .
C: two
C: three
C: .
S: 250 queued
S: 500 what
S: 500 what
S: 500 what
C: QUIT
S: 221 bye
`, `
DATA -> 354
content [1 lines, dot] -> 250
strayed [3 lines, unknown] -> 500 500 500 adrift
QUIT -> 221 adrift
`},
		{"a period, more text without a period, and a reply: ended early", `
C: DATA
S: 354 go
C: one
C: .
C: two
C: three
S: 250 queued
C: QUIT
S: 500 what
`, `
DATA -> 354
content [1 lines, dot] -> 250
strayed [2 lines, unknown] -> 500 adrift
QUIT -> adrift
`},
		{"the server's view of the same", `
C: DATA
S: 354 go
C: one
C: .
S: 250 queued
C: two and more
S: 500 what
C: three and more
S: 500 what
C: QUIT
S: 221 bye
`, `
DATA -> 354
content [1 lines, dot] -> 250
strayed [2 lines, unknown] -> 500 500 adrift
QUIT -> 221 adrift
`},
		{"content after a refused DATA", `
C: DATA
S: 503 no
C: Subject: x
S: 500 what
C: text, text
S: 500 what
C: RSET
S: 250 ok
C: NOOP
S: 250 ok
`, `
DATA -> 503
strayed [2 lines, unknown] -> 500 500 adrift
RSET -> 250 adrift
NOOP -> 250
`},
		{"content in one group with DATA, granted", `
C: DATA
C: Subject: x
C:
C: .
S: 354 go
S: 250 queued
`, `
DATA -> 354
content [2 lines, dot] -> 250
`},
		{"content in one group with DATA, refused", `
C: DATA
C: Subject: x
C:
C: .
S: 554 no
S: 500 what
S: 500 what
S: 500 what
C: QUIT
S: 221 bye
`, `
DATA -> 554
strayed [2 lines, dot] -> 500 500 500 adrift
QUIT -> 221 adrift
`},
		{"commands where content is due", `
C: DATA
S: 354 go
C: QUIT
S: 221 bye
`, `
DATA -> 354
content [0 lines, unknown] ->
QUIT -> 221 adrift
`},
		{"content that is never ended", `
C: DATA
S: 354 go
C: text
C: QUIT
S: 421 timeout
`, `
DATA -> 354
content [2 lines, cut] -> 421
`},
		{"content that is not shown", `
C: DATA
S: 354 go
S: 250 queued
C: QUIT
S: 221 bye
`, `
DATA -> 354
content [0 lines, elided] -> 250
QUIT -> 221
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
	} {
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

// TestState follows the state through resets.
func TestState(t *testing.T) {
	const in = `S: 220 mx
C: EHLO me
S: 250-mx
S: 250 STARTTLS
C: STARTTLS
S: 220 go
C: EHLO me
S: 250-mx
S: 250 AUTH PLAIN
C: AUTH PLAIN AGEAYg==
S: 235 ok
C: MAIL FROM:<a@b>
S: 250 ok
C: RCPT TO:<c@d>
S: 250 ok
C: RCPT TO:<e@f>
S: 550 no
C: RSET
S: 250 ok
C: MAIL FROM:<a@b>
S: 250 ok
C: EHLO me
S: 250 mx
C: MAIL FROM:<a@b>
S: 250 ok
C: BURL imap://a@b/1
S: 250 ok
C: BURL imap://a@b/2 last
S: 250 ok
C: QUIT
S: 221 bye
`
	want := []string{
		"connected: hello= secure=unknown auth=false mail=0 rcpt=0/0 offers=false",
		"EHLO: hello= secure=unknown auth=false mail=0 rcpt=0/0 offers=false",
		"STARTTLS: hello=EHLO secure=unknown auth=false mail=0 rcpt=0/0 offers=true",
		"EHLO: hello= secure=yes auth=false mail=0 rcpt=0/0 offers=false",
		"AUTH: hello=EHLO secure=yes auth=false mail=0 rcpt=0/0 offers=true",
		"MAIL: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
		"RCPT: hello=EHLO secure=yes auth=true mail=1 rcpt=0/0 offers=true",
		"RCPT: hello=EHLO secure=yes auth=true mail=1 rcpt=1/0 offers=true",
		"RSET: hello=EHLO secure=yes auth=true mail=1 rcpt=1/1 offers=true",
		"MAIL: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
		"EHLO: hello=EHLO secure=yes auth=true mail=2 rcpt=0/0 offers=true",
		"MAIL: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
		"BURL: hello=EHLO secure=yes auth=true mail=3 rcpt=0/0 offers=true",
		"BURL: hello=EHLO secure=yes auth=true mail=3 rcpt=0/0 offers=true",
		"QUIT: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
	}
	var got []string
	for s := range Read(strings.NewReader(in), Plain, Hints{}) {
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			name := e.Kind.String()
			if e.Kind == Ordered {
				name = e.Command.Verb.String()
			}
			b := e.Before
			got = append(got, fmt.Sprintf("%s: hello=%v secure=%v auth=%v mail=%d rcpt=%d/%d offers=%v",
				name, b.Hello, b.Secure, b.Authenticated, b.Mail, b.Accepted, b.Refused, b.Offers != nil))
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("states (-want +got):\n%s", d)
	}
}

// TestSecure: whether TLS is on is what the recording says, else what follows
// from a 220 to STARTTLS, else unknown.
func TestSecure(t *testing.T) {
	const start = "C: EHLO me\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n"
	for _, c := range []struct{ name, in, want string }{
		{"nothing is said", "S: 220 mx\nC: QUIT\n", "unknown unknown"},
		{"STARTTLS", start + "C: QUIT\n", "unknown unknown yes(assumed)"},
		{"and a handshake", start + "# TLS established\nC: QUIT\n", "unknown unknown yes"},
		{"off is stated", "# tls: off\n" + start + "C: QUIT\n", "no no no"},
		{"off, then a handshake", "# tls: off\n" + start + "# TLS established\nC: QUIT\n", "no no yes"},
		{"on from the beginning", "# TLS established\nS: 220 mx\nC: QUIT\n", "yes yes"},
		{"XCLIENT changes nothing", start + "C: XCLIENT NAME=a\nS: 220 mx\nC: QUIT\n", "unknown unknown yes(assumed) yes(assumed)"},
	} {
		for s := range Read(strings.NewReader(c.in), Plain, Hints{}) {
			var got []string
			for i := range s.Exchanges {
				b := s.Exchanges[i].Before
				word := b.Secure.String()
				if b.Assumed {
					word += "(assumed)"
				}
				got = append(got, word)
			}
			if d := cmp.Diff(c.want, strings.Join(got, " ")); d != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, d)
			}
		}
	}
}

func TestTimeOfPeriod(t *testing.T) {
	const in = "10:00:00 C: DATA\n10:00:01 S: 354 go\n10:00:02 C: hi\n10:00:05 C: .\n10:00:06 S: 250 ok\n"
	for s := range Read(strings.NewReader(in), Plain, Hints{}) {
		b := s.Exchanges[1].Body
		if d, ok := b.At.Sub(s.Exchanges[0].Command.At); !ok || d.Seconds() != 5 {
			t.Errorf("the period came %v after DATA, want 5s", d)
		}
	}
}
