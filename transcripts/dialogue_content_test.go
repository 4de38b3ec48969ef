package transcripts

import "testing"

// TestDialogueContent is about content: where it begins and ends, whoever takes what for it.
func TestDialogueContent(t *testing.T) {
	testDialogues(t, []outlined{
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
		{"a person's note behind a command is none of its arguments", `
C: RCPT TO:<b@example.org>   *** refused here ***
S: 550 no
C: RCPT TO:<"*** b ***"@example.org>
S: 250 ok
C: DATA   *** dropped here ***
S: 354 go
C: text   *** sic ***
C: .
S: 250 queued
C= "RSET *** what ***\r\n"
S: 501 no
`, `
RCPT TO:<b@example.org> -> 550
RCPT TO:<"*** b ***"@example.org> -> 250
DATA -> 354
content [1 lines, dot] -> 250
RSET *** what *** -> 501
`},
		{"a reply whose further lines are not shown", `
C: EHLO me
S: 250-mx.example.org (multiline)
C: MAIL FROM:<a@b>
S: 250 ok
C: EHLO me
S: 250-mx.example.org
S: 250-[...]
C: MAIL FROM:<a@b>
S: 250 ok
`, `
EHLO me -> 250...
MAIL FROM:<a@b> -> 250
EHLO me -> 250*2...
MAIL FROM:<a@b> -> 250
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
	})
}
