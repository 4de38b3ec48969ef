package rules_test

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// TestGrades: what does less harm, or is less sure, is said less loudly.
func TestGrades(t *testing.T) {
	const hello = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\n"
	const mail = hello + "C: MAIL FROM:<a@example.com>\nS: 250 2.1.0 Ok\nC: RCPT TO:<b@example.org>\nS: 250 2.1.5 Ok\n"
	for _, c := range []struct {
		rule, because, text string
		severity            lint.Severity
		side                lint.Side
	}{
		{"connection-lost-in-data", "nobody knows who closed", "# excerpt\nC: DATA\nS: 354 Go on\nC: Subject: hi\n# connection lost\n", lint.Warning, lint.ByNetwork},
		{"server-closed-without-421", "the client had made ten errors", hello + strings.Repeat("C: FOO\nS: 500 5.5.2 What?\n", 10) + "# server closed the connection\n",
			lint.Info, lint.ByServer},
		{"server-closed-without-421", "it said 521", hello + "C: FOO\nS: 521 5.5.1 Protocol error\n# server closed the connection\n", lint.Info, lint.ByServer},
		{"hello-mid-transaction", "nothing went on behind it", mail + "C: EHLO client.example.com\nS: 250 mx.example.org\n", lint.Info, lint.ByClient},
		{"lmtp-accepts-smtp-hello", "it may speak both", hello + "C: LHLO client.example.com\nS: 250 mx.example.org\n", lint.Warning, lint.ByServer},
		{"lmtp-data-without-recipient", "another refusal leaves both in step", "# mode: lmtp\nS: 220 x LMTP\nC: LHLO me\nS: 250 x\nC: MAIL FROM:<a@example.com>\n" +
			"S: 250 2.1.0 Ok\nC: DATA\nS: 554 5.5.1 No\n", lint.Warning, lint.ByServer},
		{"reply-code-out-of-range", "only the second digit is odd", "# excerpt\nC: NOOP\nS: 571 5.7.1 No\n", lint.Info, lint.ByServer},
		{"greeting-code", "lists of unwanted hosts do so", "# [opened]\nS: 550 5.7.1 No\n", lint.Info, lint.ByServer},
		{"ehlo-keyword-syntax", "spaces harm nobody", "# excerpt\nC: EHLO me\nS: 250-x\nS: 250-AUTH  PLAIN\nS: 250 HELP\n", lint.Info, lint.ByServer},
		{"ehlo-keyword-syntax", "the last line is for people", "# excerpt\nC: EHLO me\nS: 250-x\nS: 250 What's your pleasure today?\n", lint.Info, lint.ByServer},
		{"duplicate-ehlo-keyword", "both say the same", "# excerpt\nC: EHLO me\nS: 250-x\nS: 250-SIZE 10\nS: 250 size 10\n", lint.Info, lint.ByServer},
		{"advertised-but-not-implemented", "it is a matter of state", "# excerpt\nC: EHLO me\nS: 250-x\nS: 250 AUTH PLAIN\nC: AUTH PLAIN\nS: 502 5.5.1 TLS must be on first\n",
			lint.Info, lint.ByServer},
		{"too-many-recipients-code", "it is a policy", "# excerpt\nC: RCPT TO:<b@example.org>\nS: 550 5.7.1 Too many recipients for you\n", lint.Info, lint.ByServer},
		{"too-many-recipients-code", "4yz does no harm", "# excerpt\nC: RCPT TO:<b@example.org>\nS: 450 4.5.3 Too many recipients\n", lint.Info, lint.ByServer},
		{"recipient-limit-below-100", "submission has quotas", "# port: 587\n" + mail + "C: RCPT TO:<c@example.org>\nS: 452 4.5.3 Too many recipients\n", lint.Info, lint.ByServer},
		{"required-command-not-implemented", "the server may be old", "S: 220 x\nC: EHLO me\nS: 502 5.5.1 Not implemented\n", lint.Info, lint.ByServer},
		{"wrong-positive-reply", "AUTH has succeeded all the same", "# excerpt\nC: AUTH EXTERNAL =\nS: 250 2.7.0 Ok\n", lint.Warning, lint.ByServer},
	} {
		found := lint.Check(c.text, []*lint.Rule{rules.ByID(c.rule)}, lint.Settings{}).Findings
		if len(found) != 1 || found[0].Severity != c.severity || found[0].Side != c.side {
			t.Errorf("%s, %s: %v, want one %v by %v", c.rule, c.because, found, c.severity, c.side)
		}
	}
}
