package grammar_test

import (
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/grammar"
)

// TestSeverities: the same fault matters more in one place than in another.
func TestSeverities(t *testing.T) {
	const start = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\n"
	for _, c := range []struct {
		rule, because, in string
		want              lint.Severity
	}{
		{"hello-not-fqdn", "on port 25", "# port: 25\n# excerpt\nC: EHLO localhost\nS: 250 mx.example.org\n", lint.Warning},
		{"hello-not-fqdn", "on another port", "# port: 587\n# excerpt\nC: EHLO localhost\nS: 250 mx.example.org\n", lint.Info},
		{"hello-not-fqdn", "where the port is not known", "# excerpt\nC: EHLO localhost\nS: 250 mx.example.org\n", lint.Info},
		{"hello-argument-invalid", "an underscore", "# excerpt\nC: EHLO a_b.example\nS: 250 mx.example.org\n", lint.Error},
		{"hello-argument-invalid", "a period at the end", "# excerpt\nC: EHLO a.example.\nS: 250 mx.example.org\n", lint.Info},
		{"hello-argument-invalid", "more words", "# excerpt\nC: EHLO a.example b\nS: 250 mx.example.org\n", lint.Warning},
		{"hello-argument-invalid", "HELO with a literal", "# excerpt\nC: HELO [192.0.2.1]\nS: 250 mx.example.org\n", lint.Info},
		{"unqualified-address", "no domain", start + "C: MAIL FROM:<bob>\nS: 250 ok\n", lint.Error},
		{"unqualified-address", "no domain, for submission", "# port: 587\n" + start + "C: MAIL FROM:<bob>\nS: 250 ok\n", lint.Info},
		{"unqualified-address", "no domain, for submission in TLS", "# port: 465\n" + start + "C: MAIL FROM:<bob>\nS: 250 ok\n", lint.Info},
		{"unqualified-address", "a single label", start + "C: MAIL FROM:<bob@host>\nS: 250 ok\n", lint.Info},
		{"unqualified-address", "a single label on port 25", "# port: 25\n" + start + "C: MAIL FROM:<bob@host>\nS: 250 ok\n", lint.Warning},
		{"unqualified-address", "a name for tests on port 25", "# port: 25\n" + start + "C: MAIL FROM:<bob@localhost>\nS: 250 ok\n", lint.Info},
		{"invalid-mailbox", "two periods", start + "C: MAIL FROM:<a..b@example.com>\nS: 250 ok\n", lint.Error},
		{"invalid-mailbox", "an underscore", start + "C: MAIL FROM:<a@b_c.example>\nS: 250 ok\n", lint.Warning},
		{"invalid-mailbox", "an empty quoted string", start + "C: MAIL FROM:<\"\"@example.com>\nS: 250 ok\n", lint.Info},
		{"hello-argument-invalid", "an address of IPv4", "# excerpt\nC: EHLO 192.0.2.1\nS: 250 mx\n", lint.Warning},
		{"hello-argument-invalid", "an address of IPv6", "# excerpt\nC: EHLO 2001:db8::1\nS: 250 mx\n", lint.Error},
		{"bad-address-literal", "an address of IPv4", start + "C: MAIL FROM:<a@192.0.2.1>\nS: 250 ok\n", lint.Warning},
		{"bad-address-literal", "an address of IPv6", start + "C: MAIL FROM:<a@2001:db8::1>\nS: 250 ok\n", lint.Error},
		{"bad-address-literal", "a literal", start + "C: MAIL FROM:<a@[192.0.2.256]>\nS: 250 ok\n", lint.Error},
		{"hello-not-fqdn", "within one network", "# port: 25\n# [opened] 192.168.0.1:4711 to 192.168.0.2:25\n# excerpt\nC: EHLO host\nS: 250 mx\n", lint.Info},
		{"hello-not-fqdn", "from one network to another", "# port: 25\n# [opened] 192.168.0.1:4711 to 192.0.2.2:25\n# excerpt\nC: EHLO host\nS: 250 mx\n", lint.Warning},
		{"source-route", "a route", start + "C: MAIL FROM:<@a.example:b@c.example>\nS: 250 ok\n", lint.Warning},
		{"source-route", "what may be one", start + "C: MAIL FROM:<b%a.example@c.example>\nS: 250 ok\n", lint.Info},
	} {
		found := lint.Check(c.in, grammar.Rules, lint.Settings{Only: []string{c.rule}}).Findings
		if len(found) != 1 || found[0].Severity != c.want {
			t.Errorf("%s, %s: found %d, %v, want one, %v", c.rule, c.because, len(found), found, c.want)
		}
	}
}
