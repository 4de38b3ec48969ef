package tls

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
)

// TestSeverities: what is less certain or less bad is said less loudly.
func TestSeverities(t *testing.T) {
	const hello = "S: 220 mx.example.org\nC: EHLO me\nS: 250-mx.example.org\nS: 250 STARTTLS\n"
	const start = "C: STARTTLS\nS: 220 go\n"
	const inside = "C: EHLO me\nS: 250 mx.example.org\n"
	const mail = "C: MAIL FROM:<a@example.com>\nS: 250 ok\n"
	for _, c := range []struct {
		name     string
		rule     *lint.Rule
		in       string
		severity lint.Severity // Off: no finding
	}{
		{"HELO inside TLS", noEhloAfterTLS, hello + start + "C: HELO me\nS: 250 mx.example.org\n", lint.Info},
		{"NOOP inside TLS", noEhloAfterTLS, hello + start + "C: NOOP\nS: 250 ok\n" + inside, lint.Warning},
		{"NOOP and MAIL inside TLS", noEhloAfterTLS, hello + start + "C: NOOP\nS: 250 ok\n" + mail, lint.Error},
		{"a clear-text command is another rule's", noEhloAfterTLS, "# tls: off\n" + hello + start + mail, lint.Off},
		{"TLS is stated", starttlsAdvertisedInTLS, hello + start + "# TLS established\nC: EHLO me\nS: 250-mx.example.org\nS: 250 STARTTLS\n", lint.Error},
		{"TLS is assumed", starttlsAdvertisedInTLS, hello + start + "C: EHLO me\nS: 250-mx.example.org\nS: 250 STARTTLS\n", lint.Warning},
		{"TLS is assumed", starttlsInsideTLS, hello + start + start, lint.Warning},
		{"the transaction is lost", starttlsInTransaction, hello + mail + start + inside + "C: QUIT\nS: 221 bye\n", lint.Warning},
		{"the client starts over", starttlsInTransaction, hello + mail + start + inside + mail, lint.Info},
		{"the server refuses", starttlsInTransaction, hello + mail + "C: STARTTLS\nS: 503 no\n", lint.Info},
		{"an argument explains the refusal", starttlsReplyCode, hello + "C: STARTTLS now\nS: 550 no\n", lint.Off},
		{"MAIL without EHLO is taken", stateSurvivesTLS, hello + start + mail, lint.Info},
		{"a fallback inside one machine", cleartextFallback, "# port: 587\n# Trying [::1]:587\n" + hello + "C: STARTTLS\nS: 454 no\n" + mail, lint.Off},
		{"another attempt works", cleartextFallback, "# port: 587\n" + hello + "C: STARTTLS\nS: 454 no\n" + start + inside + mail, lint.Off},
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

// TestMaskedStarttls: the finding names the keyword that may have been STARTTLS.
func TestMaskedStarttls(t *testing.T) {
	const in = "S: 220 mx.example.org\nC: EHLO me\nS: 250-mx.example.org\nS: 250 XXXXXXXA\nC: STARTTLS\nS: 500 what?\n"
	found := lint.Check(in, []*lint.Rule{starttlsNotAdvertised}, lint.Settings{}).Findings
	if len(found) != 1 || !strings.Contains(found[0].Message, "XXXXXXXA") {
		t.Errorf("%+v", found)
	}
}
