package rules_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// masks are what recorders, test suites and people put in the place of
// credentials.
var masks = []string{
	"****", "********", "***", "XXXX", "xxxxxxxx", "/* secret */", "/* secured */", "[credentials hidden]", "<credentials hidden>", "<redacted>",
	"[REDACTED]", "REDACTED", "redacted", "(hidden)", "hidden", "...", "[...]", "<...>", "<snip>", "[removed]", "<password>", "<base64>", "[USERID]",
	"[PASSWORD]", "<SMTP auth data redacted>", "UFJPVklERURfQlVUX1JFTU9WRUQ=", "-----", "[FILTERED]", "<masked>", "$PASSWORD", "${SMTP_PASSWORD}",
	"{{ password }}", "%PASSWORD%", "AGFsaWNl****", "AGFsa...", "dGVzd...[truncated]",
}

// authentications are the places where a mask, %s, may stand. What stands for
// a whole command, or for all behind AUTH, is at the end.
var authentications = []string{
	"C: AUTH PLAIN %[1]s",
	"C: AUTH PLAIN|S: 334 |C: %[1]s",
	"C: AUTH LOGIN|S: 334 VXNlcm5hbWU6|C: %[1]s|S: 334 UGFzc3dvcmQ6|C: %[1]s",
	"C: AUTH LOGIN %[1]s|S: 334 UGFzc3dvcmQ6|C: %[1]s",
	"C: AUTH CRAM-MD5|S: 334 %[1]s|C: %[1]s",
	"C: AUTH %[1]s",
	"C: %[1]s|S: 334 UGFzc3dvcmQ6|C: %[1]s",
}

// marks are the notations of the client's and the server's lines.
var marks = []struct{ opening, client, server, end string }{
	{"", "C: %s", "S: %s", ""},
	{"=== Connected to mx.example.org.", " -> %s", "<-  %s", ""},
	{"", "CLIENT -> SERVER: %s", "SERVER -> CLIENT: %s", ""},
	{"", `send: '%s\r\n'`, `reply: b'%s\r\n'`, ""},
	{"", "--> %s", "<-- %s", ""},
	{"", "Nov 24 10:00:00 mail postfix/smtpd[12]: < c.example.com[192.0.2.1]: %s", "Nov 24 10:00:00 mail postfix/smtpd[12]: > c.example.com[192.0.2.1]: %s", ""},
}

// TestRedactions: what was taken out of a recording is nobody's fault.
func TestRedactions(t *testing.T) {
	const opening = "S: 220 mx.example.org ESMTP|C: EHLO client.example.com|S: 250-mx.example.org|S: 250 AUTH PLAIN LOGIN CRAM-MD5|"
	const rest = "|S: 235 2.7.0 ok|C: NOOP|S: 250 2.0.0 ok|C: QUIT|S: 221 2.0.0 bye"
	allowed := map[string]bool{"plaintext-mech-offered-in-clear": true, "plaintext-auth-in-clear": true, "obsolete-mechanism": true}
	linter := lint.New(rules.All, lint.Settings{})
	for _, m := range marks {
		for _, mask := range masks {
			for _, auth := range authentications {
				recording := m.opening + "\n"
				for line := range strings.SplitSeq(opening+fmt.Sprintf(auth, mask)+rest, "|") {
					mark := m.server
					if line[0] == 'C' {
						mark = m.client
					}
					recording += fmt.Sprintf(mark, line[3:]) + "\n"
				}
				in := lint.Input{Path: "x", Linter: linter, Open: func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(recording)), nil }}
				for f := range lint.Run([]lint.Input{in}, 1) {
					if f.Err != nil {
						t.Fatalf("%v\n%s", f.Err, recording)
					}
					for _, d := range f.Findings {
						if !allowed[d.Rule.ID] && d.Severity >= lint.Info {
							t.Errorf("%q in %q: %s\n%s", mask, auth, d.Message, recording)
						}
					}
				}
			}
		}
	}
}
