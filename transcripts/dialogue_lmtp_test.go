package transcripts

import "testing"

// TestDialogueLMTP is about LMTP, where each recipient draws a reply.
func TestDialogueLMTP(t *testing.T) {
	testDialogues(t, []outlined{
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
	})
}
