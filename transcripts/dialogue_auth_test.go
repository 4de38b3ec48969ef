package transcripts

import "testing"

// TestDialogueAuth is about the answers to a 334.
func TestDialogueAuth(t *testing.T) {
	testDialogues(t, []outlined{
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
	})
}
