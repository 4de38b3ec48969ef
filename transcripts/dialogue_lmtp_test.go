package transcripts

import "testing"

// TestDialoguePRDR: behind 353 comes a reply for each recipient, and one for all.
func TestDialoguePRDR(t *testing.T) {
	const begin = "C: EHLO me\nS: 250-mx\nS: 250 PRDR\nC: MAIL FROM:<a@b> PRDR\nS: 250 ok\nC: RCPT TO:<c@d>\nS: 250 ok\nC: RCPT TO:<x@d>\nS: 550 no\n" +
		"C: RCPT TO:<e@f>\nS: 250 ok\nC: DATA\nS: 354 go\nC: text\nC: .\n"
	const began = "EHLO me -> 250*2\nMAIL FROM:<a@b> PRDR -> 250\nRCPT TO:<c@d> -> 250\nRCPT TO:<x@d> -> 550\nRCPT TO:<e@f> -> 250\nDATA -> 354\n"
	testDialogues(t, []outlined{
		{"they differ", begin + "S: 353 each\nS: 250 c\nS: 550 e\nS: 250 queued\nC: QUIT\nS: 221 bye\n", began + "content [1 lines, dot] -> 353 250 550 250\nQUIT -> 221\n"},
		{"QUIT is sent along", begin + "C: QUIT\nS: 353 each\nS: 250 c\nS: 550 e\nS: 250 queued\nS: 221 bye\n", began + "content [1 lines, dot] -> 353 250 550 250\nQUIT early -> 221\n"},
		{"they do not", begin + "S: 250 queued\nC: QUIT\nS: 221 bye\n", began + "content [1 lines, dot] -> 250\nQUIT -> 221\n"},
		{"the server closes", begin + "S: 353 each\nS: 250 c\nS: 421 busy\n", began + "content [1 lines, dot] -> 353 250 421\n"},
		{"none follows", begin + "S: 353 each\nC: RSET\nS: 250 ok\n", began + "content [1 lines, dot] -> 353\nRSET -> 250\n"},
	})
}

// TestDialogueVerbose: behind Sendmail's VERB the server says more than replies.
func TestDialogueVerbose(t *testing.T) {
	const talk = "C: DATA\nS: 354 go\nC: text\nC: .\nS: 050 <c@d>... Connecting to mx.d. via esmtp...\nS: 050 250 ok\nS: 250 queued\nC: QUIT\nS: 221 bye\n"
	testDialogues(t, []outlined{
		{"asked for", "C: VERB\nS: 250 verbose\n" + talk, "(VERB) -> 250\nDATA -> 354\ncontent [1 lines, dot] -> 250\nQUIT -> 221\n"},
		{"refused", "C: VERB\nS: 502 no\nC: NOOP\nS: 050 x\nC: QUIT\nS: 221 bye\n", "(VERB) -> 502\nNOOP -> 50\nQUIT -> 221\n"},
	})
}

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
