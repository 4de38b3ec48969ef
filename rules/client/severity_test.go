package client_test

import (
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/client"
)

// TestSeverities: the same fault matters more in one place than in another.
func TestSeverities(t *testing.T) {
	const (
		start  = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\n"
		mail   = "C: MAIL FROM:<a@example.com>\nS: 250 ok\nC: RCPT TO:<b@example.org>\nS: 550 no\n"
		clock  = "10:00:00 S: 220 mx.example.org ESMTP\n10:00:00 C: EHLO client.example.com\n10:00:00 S: 250 mx.example.org\n"
		closed = "10:01:00 # [client closed] no answer\n"
	)
	for _, c := range []struct {
		rule, because, in string
		want              lint.Severity
	}{
		{"permanent-failure-retried", "the same transaction", start + mail + "C: RCPT TO:<b@example.org>\nS: 550 no\n", lint.Warning},
		{"permanent-failure-retried", "another transaction", start + mail + "C: RSET\nS: 250 ok\n" + mail, lint.Info},
		{"client-timeout-too-short", "for MAIL a time is laid down", clock + "10:00:00 C: MAIL FROM:<>\n" + closed, lint.Warning},
		{"client-timeout-too-short", "for submission as well", "# port: 587\n" + clock + "10:00:00 C: MAIL FROM:<>\n" + closed, lint.Warning},
		{"client-timeout-too-short", "for RSET none is", clock + "10:00:00 C: RSET\n" + closed, lint.Info},
		{"null-sender-refused", "the server says why", start + "C: MAIL FROM:<>\nS: 553 empty sender\n", lint.Warning},
	} {
		found := lint.Check(c.in, client.Rules, lint.Settings{Only: []string{c.rule}}).Findings
		if len(found) != 1 || found[0].Severity != c.want {
			t.Errorf("%s, %s: found %d, %v, want one, %v", c.rule, c.because, len(found), found, c.want)
		}
	}
}
