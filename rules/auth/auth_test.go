package auth

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
)

// TestCommandInPlaceOfResponse: a client that leaves the exchange has another
// fault than a wrong encoding.
func TestCommandInPlaceOfResponse(t *testing.T) {
	const in = `# excerpt
C: AUTH LOGIN
S: 334 VXNlcm5hbWU6
C: MAIL FROM:<a@example.com>
S: 501 5.5.2 Cannot decode base64
`
	for _, d := range lint.Check(in, []*lint.Rule{responseNotBase64}, lint.Settings{}).Findings {
		t.Errorf("%s", d.Message)
	}
}

// TestPlaintextSeverity: how bad a password in clear text is depends on how
// sure that is, and on whether anybody could listen.
func TestPlaintextSeverity(t *testing.T) {
	const hello = "S: 220 mx.example.org\nC: EHLO me\nS: 250-mx.example.org\nS: 250-STARTTLS\nS: 250 AUTH PLAIN\n"
	const send = "C: AUTH PLAIN ****\nS: 235 2.7.0 Welcome\n"
	for _, c := range []struct {
		name, in string
		severity lint.Severity
		sure     lint.Confidence
	}{
		{"off is stated", "# tls: off\n" + hello + send, lint.Error, lint.Certain},
		{"STARTTLS is offered", hello + send, lint.Error, lint.Likely},
		{"on this machine", "# Trying 127.0.0.1:25...\n" + hello + send, lint.Info, lint.Likely},
		{"by the port", "# port: 587\nS: 220 mx.example.org\nC: EHLO me\nS: 250-mx.example.org\nS: 250 AUTH PLAIN\n" + send,
			lint.Warning, lint.Likely},
	} {
		found := lint.Check(c.in, []*lint.Rule{plaintextAuthInClear}, lint.Settings{}).Findings
		if len(found) != 1 || found[0].Severity != c.severity || found[0].Confidence != c.sure {
			t.Errorf("%s: %+v", c.name, found)
		}
	}
}

// TestOneFindingForSkippedTLS: a client that skips STARTTLS and sends its
// password is told so once.
func TestOneFindingForSkippedTLS(t *testing.T) {
	const in = `S: 220 mx.example.org ESMTP
C: EHLO me
S: 250-mx.example.org
S: 250 STARTTLS
C: AUTH PLAIN ****
S: 503 5.5.1 Authentication not enabled
`
	found := lint.Check(in, []*lint.Rule{authNotAdvertised, plaintextAuthInClear}, lint.Settings{}).Findings
	if len(found) != 1 || found[0].Rule != plaintextAuthInClear {
		t.Errorf("%+v", found)
	}
}

// TestSeverities: what is less certain or less bad is said less loudly.
func TestSeverities(t *testing.T) {
	const hello = "S: 220 mx.example.org\nC: EHLO me\nS: 250-mx.example.org\nS: 250 AUTH PLAIN LOGIN\n"
	for _, c := range []struct {
		name     string
		rule     *lint.Rule
		in       string
		severity lint.Severity // Off: no finding
	}{
		{"a server for tests", plaintextAuthInClear, "# tls: off\n" + strings.ReplaceAll(hello, "example.org", "corp.test") +
			"C: AUTH PLAIN ****\nS: 235 ok\n", lint.Info},
		{"only the user name was sent", plaintextAuthInClear, "# tls: off\n" + hello +
			"C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ****\nS: 535 no\n", lint.Off},
		{"STARTTLS shows it", plaintextMechOfferedInClear, strings.Replace(hello, "250 AUTH", "250-STARTTLS\nS: 250 AUTH", 1), lint.Info},
		{"it is stated", plaintextMechOfferedInClear, "# tls: off\n" + hello, lint.Warning},
		{"a habit of Microsoft's", challengeNotBase64, "C: AUTH GSSAPI\nS: 334 GSSAPI supported\n", lint.Info},
		{"the user name behind LOGIN", unexpectedInitialResponse, "C: AUTH LOGIN YQ==\nS: 334 UGFzc3dvcmQ6\n", lint.Info},
		{"535 for a cancelled exchange", authCancelReply, "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: *\nS: 535 no\n", lint.Info},
		{"a space that did no harm", emptyInitialResponse, "C= \"AUTH PLAIN \\r\\n\"\nS: 334\nC: ****\nS: 235 ok\n", lint.Info},
		{"a space that was taken for a response", emptyInitialResponse, "C= \"AUTH PLAIN \\r\\n\"\nS: 501 no\n", lint.Error},
	} {
		found := lint.Check(c.in, []*lint.Rule{c.rule}, lint.Settings{}).Findings
		got := lint.Off
		if len(found) > 0 {
			got = found[0].Severity
		}
		if got != c.severity || len(found) > 1 {
			t.Errorf("%s, %s: %v, want %v", c.rule.ID, c.name, got, c.severity)
		}
	}
}
