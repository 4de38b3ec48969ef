package auth

import (
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
