package transcripts

import "testing"

// TestDialogueChunks is about BDAT, whose payload is counted.
func TestDialogueChunks(t *testing.T) {
	testDialogues(t, []outlined{
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
		{"BDAT with words in the place of the payload", `
C: BDAT 64
C: (message body, first 64 bytes)
C: BDAT 152 LAST
C: (message body, remaining 152 bytes)
C: MAIL FROM:<a@b>
S: 250 ok
S: 250 ok
S: 250 ok
`, `
BDAT 64 [1 lines, elided] -> 250
BDAT 152 LAST early [1 lines, elided] -> 250
MAIL FROM:<a@b> early -> 250
`},
		{"a chunk is one octet longer than BDAT announced, and ended with a line", `
C: BDAT 6 LAST
C= "text\r\n"
C= "x"
S: 250 ok
S: 500 what
C: QUIT
S: 221 bye
`, `
BDAT 6 LAST [1 lines, counted] -> 250 adrift
strayed [1 lines, unknown] -> 500 adrift
QUIT -> 221 adrift
`},
	})
}
