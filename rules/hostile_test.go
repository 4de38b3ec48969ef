package rules_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// TestHostileSessions lints sessions that were made to make rules look back, or
// ahead, as far as they can: the time must grow with the length, not with its
// square.
func TestHostileSessions(t *testing.T) {
	const n = 2 * lint.LookBack
	const hello = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\n"
	const mail = "C: MAIL FROM:<a@example.com>\nS: 250 ok\n"
	for _, c := range []struct{ head, again string }{
		{hello + mail, "C: MAIL FROM:<a@example.com>\nS: 503 nested\n"},
		{hello, "C: MAIL FROM:<a@example.com>\nS: 502 no\n"},
		{hello, "C: RCPT TO:<b@example.org>\nS: 502 no\n"},
		{hello, "C: RCPT TO:<b@example.org>\nS: 250 ok\nC: NOOP\nS: 250 ok\n"},
		{hello + mail, "C: RCPT TO:<b@example.org>\nS: 550 no such user\nC: DATA\nS: 502 no\n"},
		{hello, "C: DATA\nS: 502 no\n"},
		{hello + mail + "C: RCPT TO:<b@example.org>\nS: 250 ok\n", "C: RSET\nS: 550 no\n"},
		{"S: 220 x\n", "C: EHLO me\nS: 500 unknown command\nC: QUIT\nS: 503 no\n# no tls\n"},
		{"S: 220 x\n", "C: HELO me\nS: 500 unknown command\n"},
		{hello, "C: EHLO me\nS: 503 no\n"},
		{hello, "C: EHLO me\nS: 250 me\n"},
		{hello, "C: NOOP\nS: 250 ok\nS: 250 ok\nC: RSET\nS: 250 ok\n"},
		{hello, "C: NOOP\nS: 521 no\n"},
		{hello, "C: NOOP\nS: 421 no\n"},
		{hello, "C: VRFY b@example.org\nS: 550 no such user\nC: RCPT TO:<c@example.org>\nS: 250 ok\n"},
		{hello + mail, "C: RCPT TO:<postmaster@example.org>\nS: 550 no such user\n"},
		{hello + mail, "C: RCPT TO:<b@example.org>\nS: 251 <\u00e9@example.org>\n"},
		{hello, "C: AUTH EXTERNAL =\nS: 500 what?\n"},
		{"# mode: lmtp\nS: 220 x\nC: LHLO me\nS: 250 x\n", "C: MAIL FROM:<a@b>\nS: 250 ok\nC: RCPT TO:<b@c>\nS: 250 ok\n" +
			"C: DATA\nS: 354 go\nC: .\nS: 250 ok\nS: 250 ok\nC: RSET\nS: 250 ok\n"},
		{"S: 220 x\nC: EHLO me\nS: 250-x\n", "S: 250-A\n"},
		{hello, "C: FOO\nS: 500 what?\n"},
		{hello + mail, "C: RCPT TO:<b@example.org> NOTIFY=NEVER X=1 Y=2\nS: 250 ok\n"},
		{hello, "C: MAIL FROM:<a@example.com> SIZE=1 SIZE=1 RET=X\nS: 501 5.99.1 no\n"},
		{hello + mail + "C: RCPT TO:<b@example.org>\nS: 250 ok\n", "C: BDAT 0\nS: 250 ok\n"},
		{hello + mail + "C: RCPT TO:<b@example.org>\nS: 250 ok\nC: BDAT 0\nS: 250 ok\n", "C: DATA\nS: 503 no\n"},
		{hello + "C: MAIL FROM:<a@example.com> BODY=BINARYMIME\nS: 250 ok\n", "C: RCPT TO:<\u00e9@example.org>\nS: 250 ok\nC: QUIT\nS: 500 no\n"},
		{hello, "C: EHLO me\nS: 250-me\nS: 250-SIZE x\nS: 250 SMTPUTF8\n"},
	} {
		var ratio float64
		for range 8 { // a busy machine may spoil some
			if ratio = lintTime(c.head, c.again, 4*n) / lintTime(c.head, c.again, n); ratio < 8 {
				break
			}
		}
		if ratio >= 8 {
			t.Errorf("4 times as long takes %.0f times as long: %q", ratio, c.again)
		}
	}
}

// lintTime is the lesser time of two runs with all rules, in seconds.
func lintTime(head, again string, n int) float64 {
	text := head + strings.Repeat(again, n)
	set := lint.Settings{Severities: map[string]lint.Severity{}}
	for _, r := range rules.All {
		set.Severities[r.ID] = r.Severity
	}
	least := time.Hour
	for range 2 {
		start := time.Now()
		lint.Check(text, rules.All, set)
		least = min(least, time.Since(start))
	}
	return least.Seconds()
}
