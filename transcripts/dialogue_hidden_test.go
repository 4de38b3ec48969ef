package transcripts

import "testing"

// TestDialogueHidden is about what is not in the recording: hidden by TLS, lost, or left out.
func TestDialogueHidden(t *testing.T) {
	testDialogues(t, []outlined{
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
	})
}
