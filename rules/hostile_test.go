package rules_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
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

// TestCutSessions bounds the memory for unfinished sessions so closely that
// they are cut. Examples are cut at every place, which must not confuse the
// rules; long sessions in which all is well must not look worse in pieces.
func TestCutSessions(t *testing.T) {
	set := lint.Settings{Severities: map[string]lint.Severity{}}
	for _, r := range rules.All {
		set.Severities[r.ID] = r.Severity
	}
	linter := lint.New(rules.All, set)
	cut := func(text string, held int) *lint.File {
		in := lint.Input{
			Linter:  linter,
			Options: lint.Options{Format: transcripts.Plain, Hints: transcripts.Hints{Held: held}},
			Open:    func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
		}
		for f := range lint.Run([]lint.Input{in}, 1) {
			return f
		}
		return nil
	}
	for _, r := range rules.All {
		for _, e := range r.Examples {
			for held := 1; held < 4<<10; held += 256 {
				cut(e.Text(), held)
			}
		}
	}
	const opening = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250-mx.example.org\nS: 250-PIPELINING\nS: 250-SIZE 10000\n" +
		"S: 250-ENHANCEDSTATUSCODES\nS: 250-8BITMIME\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 2.0.0 Go ahead\n# TLS established\n" +
		"C: EHLO client.example.com\nS: 250-mx.example.org\nS: 250-PIPELINING\nS: 250-SIZE 10000\nS: 250-8BITMIME\n" +
		"S: 250-ENHANCEDSTATUSCODES\nS: 250 AUTH PLAIN\nC: AUTH PLAIN ****\nS: 235 2.7.0 Welcome\n"
	const body = "C: From: a@example.com\nC: Date: Tue, 24 Nov 2026 10:00:00 +0000\nC: Subject: hi\nC:\nC: QUIT\nC: MAIL FROM:<x>\nC: ..\nC: 250 ok\nC: .\nS: 250 2.0.0 Queued\n"
	for _, again := range []string{
		"C: NOOP\nS: 250 2.0.0 Ok\n",
		"C: VRFY bob\nS: 252 2.5.0 Cannot verify\n",
		"C: MAIL FROM:<a@example.com> SIZE=500\nS: 250 2.1.0 Ok\nC: RCPT TO:<b@example.org>\nS: 250 2.1.5 Ok\n" +
			"C: RCPT TO:<c@example.org>\nS: 550 5.1.1 No such user\nC: DATA\nS: 354 Go on\n" + body,
		"C: MAIL FROM:<a@example.com> BODY=8BITMIME\nC: RCPT TO:<b@example.org>\nC: DATA\nS: 250 2.1.0 Ok\nS: 250 2.1.5 Ok\nS: 354 Go on\n" + body,
		"C: MAIL FROM:<a@example.com>\nS: 250 2.1.0 Ok\nC: RCPT TO:<c@example.org>\nS: 450 4.2.0 Greylisted\nC: RSET\nS: 250 2.0.0 Ok\n",
	} {
		text := strings.Repeat(opening+strings.Repeat(again, 600)+"C: QUIT\nS: 221 2.0.0 Bye\n", 2)
		for _, held := range []int{0, 10e3, 40e3, 100e3} {
			f := cut(text, held)
			if held == 0 && f.Sessions != 2 || held == 100e3 && f.Sessions < 3 {
				t.Errorf("%d sessions: %q, cut at %d octets", f.Sessions, again, held)
			}
			for i := range f.Findings {
				if d := &f.Findings[i]; d.Severity >= lint.Warning {
					t.Errorf("%s in line %d: %q, cut at %d octets", d.Rule.ID, d.At.Span.Line, again, held)
				}
			}
		}
	}
}

// TestAbandoned: that the rest of a session is passed over is said.
func TestAbandoned(t *testing.T) {
	in := lint.Input{
		Linter:  lint.New(rules.All, lint.Settings{}),
		Options: lint.Options{Format: transcripts.Plain, Hints: transcripts.Hints{Held: 10e3}},
		Open: func(string) (io.ReadCloser, error) {
			const begin = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\nC: MAIL FROM:<a@example.com>\nS: 250 ok\n"
			text := []byte(begin)
			for i := range 500 {
				text = fmt.Appendf(text, "C: RCPT TO:<b%d@example.org>\nS: 250 ok\n", i)
			}
			return io.NopCloser(bytes.NewReader(text)), nil
		},
	}
	for f := range lint.Run([]lint.Input{in}, 1) {
		if len(f.Findings) != 1 || f.Findings[0].Rule.ID != "truncated-transcript" || !strings.Contains(f.Findings[0].Message, "more of this session") {
			t.Errorf("found: %v", f.Findings)
		}
	}
}
