package grammar_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/grammar"
)

// TestLines says for single commands which rules of this area speak: each fault
// is the matter of one of them.
func TestLines(t *testing.T) {
	long := strings.Repeat("y", 9000)
	for line, want := range map[string]string{
		"MAIL FROM:<a@b.c>": "", "RCPT TO:<a@b.c>": "", "MAIL FROM:<a@b.c>\tSIZE=1": "", "MAIL FROM:<a@b.c>  SIZE=1 ": "",
		"EHLO a.b": "", "EHLO [192.0.2.1]": "", "LHLO a.b": "", "VRFY b": "", "EXPN b": "", "ETRN example.org": "", "AUTH PLAIN": "",

		"MAIL FROM:a@b.c": "missing-angle-brackets", "MAIL FROM: a@b.c": "missing-angle-brackets space-around-colon",
		"MAIL FROM:<a@b.c": "missing-angle-brackets", "MAIL FROM:a@b.c>": "missing-angle-brackets", "MAIL FROM:bob": "missing-angle-brackets",
		"MAIL FROM:a..b@c.d": "missing-angle-brackets", "MAIL FROM:a@[1]": "missing-angle-brackets", "RCPT TO:<": "missing-angle-brackets",
		"MAIL FROM:a@b.c SIZE=1": "missing-angle-brackets", "MAIL FROM:" + long + "@b.c": "command-line-too-long",
		"MAIL FROM:[redacted]": "", "MAIL FROM:<a..b@c.d": "missing-angle-brackets", "MAIL FROM:a..b@c.d>": "missing-angle-brackets",

		"MAIL FROM : <a@b.c>": "space-around-colon", "MAIL FROM:\t<a@b.c>": "space-around-colon", "RCPT TO: <>": "space-around-colon null-forward-path",
		"MAIL FROM: ": "argument-missing", "MAIL FROM:": "argument-missing", "MAIL FROM": "argument-missing", "RCPT": "argument-missing",
		"MAIL TO: <a@b.c>": "wrong-from-to-keyword", "MAIL TO:a@b.c": "wrong-from-to-keyword", "MAIL a@b.c": "wrong-from-to-keyword",
		"MAIL FROM <a@b.c>": "wrong-from-to-keyword", "MAIL FROM <a..b@c>": "wrong-from-to-keyword", "MAIL FROM:Ann <a@b.c": "wrong-from-to-keyword", "MAIL FROM  a..b@c": "wrong-from-to-keyword", "RCPT FROM:<>": "wrong-from-to-keyword",
		"MAIL FROM:Ann <a..b@c.d>": "wrong-from-to-keyword", "MAIL : <a@b.c>": "wrong-from-to-keyword", "RCPT <>": "wrong-from-to-keyword",
		"MAIL " + long: "command-line-too-long", "MAIL ****": "", "MAIL TO: ": "argument-missing",

		"MAIL FROM:<a b@[1.2.3.400]>": "invalid-mailbox", "MAIL FROM:<a@b..c> (x)": "invalid-mailbox", "MAIL FROM:<a@b.c.>": "invalid-mailbox",
		"MAIL FROM:<<a@b.c>>": "invalid-mailbox", "RCPT TO:<***@b..c>": "", "RCPT TO:<***@[1]>": "", "RCPT TO:<a@***>": "",
		"RCPT TO:<" + strings.Repeat("*", 70) + "@b.c>": "", "RCPT TO:<a@" + strings.Repeat("*", 300) + ">": "",
		"RCPT TO:<***%b.c@d.e>": "", "RCPT TO:<" + long + ">": "command-line-too-long",
		"MAIL FROM:<a@[1.2.3.400]>": "bad-address-literal", "MAIL FROM:<a@192.0.2.1>": "bad-address-literal",
		"MAIL FROM:<a@[1.2.3.400> SIZE=1": "bad-address-literal", "MAIL FROM:<a@[1.2.3.400]>SIZE=1": "bad-address-literal",
		"MAIL FROM:<a@b_c.d>SIZE=1": "invalid-mailbox trailing-text-after-path", "RCPT TO:<bob>,<ann@b.c>": "trailing-text-after-path unqualified-address",
		"RCPT TO:<@a.b:c..d@e>": "source-route", "RCPT TO:<@a.b:c@[1]>": "source-route bad-address-literal", "RCPT TO:<@a.b,@c:d@e.f>": "source-route",
		"RCPT TO:<a%b@c.d>": "", "RCPT TO:<a%b_c.d@e.f>": "", "RCPT TO:<%b.c@e.f>": "", "RCPT TO:<b!a@e.f>": "", "RCPT TO:<b.c!@e.f>": "",
		"RCPT TO:<a%b.c@e..f>": "invalid-mailbox", "RCPT TO:<a%b.c@e.f>": "source-route", "RCPT TO:<b.c!a@e.f>": "source-route",

		"RCPT TO:<bob>": "unqualified-address", "RCPT TO:<PostMaster>": "", "MAIL FROM:<postmaster>": "unqualified-address", "RCPT TO:<bob@c>": "unqualified-address",
		"RCPT TO:<" + strings.Repeat("a", 65) + "@b.c>":                                "local-part-too-long",
		"RCPT TO:<" + strings.Repeat("a", 65) + "@" + strings.Repeat("b.", 120) + "c>": "path-or-domain-too-long",
		"RCPT TO:<a@" + strings.Repeat("b.", 128) + "c>":                               "path-or-domain-too-long",
		"EHLO " + strings.Repeat("b.", 128) + "c":                                      "path-or-domain-too-long",

		"MAIL FROM:<a@b.c>,": "trailing-text-after-path", "MAIL FROM:<a@b.c> (x)": "trailing-text-after-path", "MAIL FROM:<a@b.c>>": "trailing-text-after-path",
		"MAIL FROM:<a@b.c> \u00e9=1": "non-ascii-command", "MAIL FROM:<a@b.c> X=\u00e9": "non-ascii-command", "MAIL FROM:<a@b.c> X=\u00e9 SMTPUTF8": "",
		"MAIL FROM:\u00e9 <a@b.c>": "non-ascii-command wrong-from-to-keyword", "VRFY b \u00e9": "non-ascii-command", "VRFY \u00e9": "", "NOOP \u00e9": "non-ascii-command",
		"VRFY b X=\u00e9 SMTPUTF8": "", "VRFY b X=\u00e9": "non-ascii-command", "RCPT TO:<a@b.c> X=\u00e9": "", "X \u00e9": "", "\u00e9": "", "AUTH \u00e9": "", "NOOP \u00e9" + long: "command-line-too-long",
		"MAIL FROM:<\u00e9@b.c>": "", "MAIL FROM:<\xe9@b.c>": "", "MAIL FROM:<\xe9@b.c> SMTPUTF8": "invalid-mailbox",

		"EHLO": "hello-argument-missing", "EHLO a..b": "hello-argument-invalid", "EHLO a..b c": "hello-argument-invalid", "EHLO a.b c": "hello-argument-invalid",
		"EHLO \u00e9..b": "", "EHLO a?b.c": "hello-argument-invalid", "EHLO ****": "", "EHLO " + long + "..b": "command-line-too-long", "EHLO [192.0.2.1] x": "hello-argument-invalid",
		"EHLO [1.2.3.400] more": "bad-address-literal", "EHLO [a b]": "bad-address-literal", "EHLO #1": "bad-address-literal", "EHLO 192.0.2.1": "hello-argument-invalid",
		"HELO [192.0.2.1]": "hello-argument-invalid", "HELO a.b": "", "HELO a]b": "hello-argument-invalid", "EHLO [": "bad-address-literal",
		"EHLO a": "hello-not-fqdn", "EHLO a.localdomain": "hello-not-fqdn", "EHLO a.localhost": "hello-not-fqdn", "EHLO a.local": "hello-not-fqdn", "LHLO a": "",

		"RSET ": "", "RSET x": "argument-not-allowed", "QUIT x": "argument-not-allowed", "DATA x": "argument-not-allowed", "NOOP x": "", "HELP x": "",
		"VRFY": "argument-missing", "EXPN": "argument-missing", "ETRN": "argument-missing", "BDAT": "argument-missing", "BDAT x": "argument-missing",
		"BDAT 5x": "argument-missing", "BDAT :": "argument-missing", "BDAT 5 LAST": "", "VRFY ****": "", "MAIL [redacted]": "",
		"": "empty-command-line", "  ": "empty-command-line", "\tRSET": "empty-command-line", " x": "", "1": "",
		"NOOP " + strings.Repeat("x", 505): "", "NOOP " + strings.Repeat("x", 506): "command-line-too-long", "X" + strings.Repeat("x", 600): "command-line-too-long",
		"NOOP " + strings.Repeat("%", 600): "command-line-too-long", "1" + long: "",
	} {
		var got []string
		for _, d := range lint.Check("# excerpt\nC= "+strconv.Quote(line+"\r\n")+"\nS: 501 5.5.2 No\n", grammar.Rules, lint.Settings{}).Findings {
			got = append(got, d.Rule.ID)
		}
		words := strings.Fields(want)
		slices.Sort(words)
		slices.Sort(got)
		if !slices.Equal(got, words) {
			t.Errorf("%.80q: found %q, want %q", line, got, words)
		}
	}
}

// TestHelp: what should have been sent is said in full.
func TestHelp(t *testing.T) {
	for line, want := range map[string]string{
		"MAIL FROM: <a@b.c>":               "write MAIL FROM:<a@b.c>",
		"MAIL FROM:a@b.c":                  "write MAIL FROM:<a@b.c>",
		"MAIL TO:<a@b.c>":                  "write MAIL FROM:<a@b.c>",
		"MAIL TO:<>":                       "write MAIL FROM:<>",
		"MAIL TO:<a b>":                    "write MAIL FROM:<address>",
		"MAIL TO:<a..b@c.d>":               "write MAIL FROM:<address>",
		"EHLO [2001:db8::1]":               "write [IPv6:2001:db8::1]",
		"EHLO 192.0.2.1":                   "write EHLO [192.0.2.1], or the client's name",
		"EHLO [1]":                         "write [192.0.2.1] or [IPv6:2001:db8::1], or the name of the host without brackets",
		"MAIL FROM:<a@b.c>SIZE=1":          "put a space between the path and the parameters: <a@b.c> SIZE=1",
		"MAIL FROM:<a@b.c>,<d@e.f>":        "put a space between the path and the parameters: <a@b.c> ,<d@e.f>",
		"MAIL FROM:<a@b.c> (x)":            "write MAIL FROM:<a@b.c> and, behind a space, only parameters that the server offers",
		"MAIL FROM:<a@b.c>\t(x)":           "write MAIL FROM:<a@b.c> and, behind a space, only parameters that the server offers",
		"MAIL FROM:<a@b.c>>":               "write MAIL FROM:<a@b.c> and, behind a space, only parameters that the server offers",
		"RCPT TO:<a@b.c>X=1":               "put a space between the path and the parameters: <a@b.c> X=1",
		"RCPT TO:<a@b.c>,<d@e.f>":          "send one RCPT for each recipient",
		"RCPT TO:<a@b.c>;<d@e.f>":          "send one RCPT for each recipient",
		"RCPT TO:<a@b.c><d@e.f>":           "send one RCPT for each recipient",
		"RCPT TO:<b..c@example.org>":       `if the mailbox really has this name, write <"b..c"@example.org>`,
		"RCPT TO:<@a.example:b@c.example>": "write TO:<b@c.example>",
	} {
		found := lint.Check("# excerpt\nC= "+strconv.Quote(line+"\r\n")+"\nS: 501 5.5.2 No\n", grammar.Rules, lint.Settings{}).Findings
		if len(found) != 1 || found[0].Help != want {
			t.Errorf("%q: %v, want one finding with the help %q", line, found, want)
		}
	}
}

// TestAfterContent: what follows a message, and what is said about it.
func TestAfterContent(t *testing.T) {
	const message = "# excerpt\nC: DATA\nS: 354 Go on\nC: Subject: hi\nC:\nC: .\nS: 250 Ok\n"
	for _, c := range []struct {
		in, help string
		n        int
	}{
		{message + "C:\nS: 500 What?\n", "after the period", 1},
		{message + "C: NOOP\nS: 250 Ok\nC:\nS: 500 What?\n", "begin every line", 1},
		{message + "C:\nC: text\nC:\nS: 500 What?\nS: 500 What?\nS: 500 What?\n", "", 0},
		{message + "C: some text\nS: 500 What?\n", "", 0},
		{"# excerpt\nC: HELP\nS: 214 Ok\nS: 250 Ok\nC:\nS: 500 What?\n", "", 0}, // out of step before
	} {
		found := lint.Check(c.in, grammar.Rules, lint.Settings{Only: []string{"empty-command-line"}}).Findings
		if len(found) != c.n || c.n > 0 && !strings.HasPrefix(found[0].Help, c.help) {
			t.Errorf("%q: %v, want %d with the help %q", c.in, found, c.n, c.help)
		}
	}
}

// TestEscaped: where octets are not kept, several of the recorder may stand for
// one.
func TestEscaped(t *testing.T) {
	for line, want := range map[string]int{
		"NOOP " + strings.Repeat("x", 600): 1, "NOOP " + strings.Repeat("%41", 200): 0,
		"MAIL FROM:<\xe9@b.c> SMTPUTF8": 0, "MAIL FROM:<a..b@c.d>": 0, "MAIL FROM:<a(b@c.d>": 1, "EHLO a?b.c": 0,
	} {
		if found := lint.Check("# proves: Order\n# excerpt\nC: "+line+"\nS: 500 No\n", grammar.Rules, lint.Settings{}).Findings; len(found) != want {
			t.Errorf("%.20q: %v, want %d", line, found, want)
		}
	}
}

// TestCutOff: a line that was never finished is not judged.
func TestCutOff(t *testing.T) {
	for _, line := range []string{"MAIL FROM:<a", "MAIL FROM:", "RCPT TO", "EHLO", "EHLO [192", "VRFY", "MAIL T", "RCPT TO:<b@c..d"} {
		if found := lint.Check("# excerpt\nC= "+strconv.Quote(line)+"\n# [client closed]\n", grammar.Rules, lint.Settings{}).Findings; len(found) > 0 {
			t.Errorf("%q: %v", line, found)
		}
	}
}

// TestUnknownGrowth: a parameter that belongs to nothing the server offers does
// not raise the limit.
func TestUnknownGrowth(t *testing.T) {
	long := strings.Repeat("x", 600)
	for in, want := range map[string]int{
		"X=" + long: 1, "XTRA=" + long: 0, "SOLICIT=" + long: 0, "TRANSID=" + long: 0, "XTRA=x ENVID=" + long: 1,
	} {
		in = "# excerpt\nC: EHLO a.example\nS: 250-mx\nS: 250-XTRA\nS: 250 DSN\nC: MAIL FROM:<a@b.c> " + in + "\nS: 501 No\n"
		if found := lint.Check(in, grammar.Rules, lint.Settings{}).Findings; len(found) != want {
			t.Errorf("%.120q: %v, want %d", in, found, want)
		}
	}
}

// TestLMTP: in LMTP names need not be full.
func TestLMTP(t *testing.T) {
	const greeting = "S: 220 mx.example.org LMTP\nC: LHLO a\nS: 250 mx.example.org\nC: RCPT TO:<bob>\nS: 501 5.1.3 No\n"
	for _, in := range []string{greeting, "# mode: lmtp\n# excerpt\nC: EHLO a\nS: 500 No\nC: RCPT TO:<bob>\nS: 501 5.1.3 No\n"} {
		if found := lint.Check(in, grammar.Rules, lint.Settings{}).Findings; len(found) > 0 {
			t.Errorf("%q: %v", in, found)
		}
	}
	if found := lint.Check("# port: 25\n# mode: lmtp\n# excerpt\nC: RCPT TO:<bob@host>\nS: 250 Ok\n", grammar.Rules, lint.Settings{}).Findings; len(found) > 0 {
		t.Errorf("on port 25: %v", found)
	}
}

// TestGreetedAgain: the same name is reported once in a row.
func TestGreetedAgain(t *testing.T) {
	in := "# excerpt\nC: EHLO a\nS: 250 mx\nC: NOOP x\nS: 250 Ok\nC: HELO a\nS: 250 mx\nC: EHLO b\nS: 250 mx\nC: NOOP\nS: 250 Ok\nC: VRFY b\nS: 252 Ok\n" +
		"C: RCPT TO:<x@y>\nS: 250 Ok\nC: RCPT TO:<x@z>\nS: 250 Ok\n"
	var lines []uint32
	for _, d := range lint.Check(in, grammar.Rules, lint.Settings{}).Findings {
		lines = append(lines, d.At.Span.Line)
	}
	if !slices.Equal(lines, []uint32{2, 8, 14}) {
		t.Errorf("found on lines %v", lines)
	}
}

// TestInternational: a parameter of RCPT may be UTF-8 where its MAIL said so.
func TestInternational(t *testing.T) {
	const (
		mail = "S: 220 mx.example.org ESMTP\nC: EHLO a.example\nS: 250 mx\nC: MAIL FROM:<a@b.c>"
		rcpt = "\nS: 250 Ok\nC: RCPT TO:<b@c.d> X=\u00e9\nS: 250 Ok\n"
	)
	for in, want := range map[string]int{mail + " SMTPUTF8" + rcpt: 0, mail + rcpt: 1, "# excerpt" + rcpt: 0} {
		if found := lint.Check(in, grammar.Rules, lint.Settings{Only: []string{"non-ascii-command"}}).Findings; len(found) != want {
			t.Errorf("%q: %v, want %d", in, found, want)
		}
	}
}

// TestTrailingWhitespace: the rule is off by default.
func TestTrailingWhitespace(t *testing.T) {
	for line, want := range map[string]int{"NOOP": 0, "NOOP ": 1, "NOOP x\t": 1, "x ": 0, " ": 0} {
		in := "# excerpt\nC= " + strconv.Quote(line+"\r\n") + "\nS: 250 Ok\n"
		if found := lint.Check(in, grammar.Rules, lint.Settings{Only: []string{"trailing-whitespace"}}).Findings; len(found) != want {
			t.Errorf("%q: %v, want %d", line, found, want)
		}
	}
}
