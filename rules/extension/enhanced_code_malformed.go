package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodeMalformed = &lint.Rule{
	ID:       "enhanced-code-malformed",
	Title:    "What should be an enhanced status code broke its grammar",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(3463, "2"), lint.RFC(2034, "4")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Got:      []transcripts.Class{transcripts.Success, transcripts.Transient, transcripts.Permanent},
	Hears:    func(e *transcripts.Exchange) bool { return attempted(&e.Reply) },
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !attempted(&e.Reply) || greets(e) {
			return
		}
		l := first(&e.Reply)
		token, _, _ := strings.Cut(l.Text, " ")
		wrong := brokenCode(token, l.Code, promised(e))
		if wrong == "" {
			return
		}
		p.Report(at(p, i, 0, token), "reply %03d to %s began with %q, which is no enhanced status code: %s", l.Code, answered(e), token, wrong).
			Helpf("write class, subject and detail with periods between them, such as %d.1.1", l.Code/100)
	},
	Doc: `
An enhanced status code has three numbers with periods between them: the class,
which is 2, 4 or 5, then subject and detail of up to three digits without
leading zeros. A client that looks for it finds none here, or a wrong one.

# What to do

Write the code as RFC 3463 has it: "5.1.1".

# When it stays silent

On version numbers and addresses: what has two numbers only, or another class,
must stand in a refusal, and for two numbers the server must have promised
enhanced status codes. "(#5.1.1)" at the end of a text, as qmail writes it, is no
such code at all. 3.0.0 behind 354 is enhanced-code-where-none-belongs.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.01.1 No such user
		# want
		C: RCPT TO:<c@example.org>
		S: 550 5.1.1000 No such user
		# want
		C: RCPT TO:<d@example.org>
		S: 550 5.X.1 No such user
		# want
		C: RCPT TO:<e@example.org>
		S: 550 6.1.1 No such user
		# want
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: RCPT TO:<b@example.org>
		S: 550 5.1 No such user
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: HELO client.example.com
		S: 250 2.6 is what mx.example.org runs
		C: MAIL FROM:<a@example.com>
		S: 250 1.2.3 is what mx.example.org runs
		C: RCPT TO:<b@example.org>
		S: 550 Sorry, no mailbox here by that name (#5.1.1)
		C: RCPT TO:<c@example.org>
		S: 550 5.1 seconds of waiting were not enough
		C: RCPT TO:<d@example.org>
		S: 550 4.4.4.4 is listed
		`),
	},
}

// attempted reports whether a reply begins like an enhanced status code that is
// none.
func attempted(r *transcripts.Reply) bool {
	l := first(r)
	if l == nil || len(l.Text) < 3 || l.Text[1] != '.' {
		return false
	}
	_, _, ok := codes.ParseStatusCode(l.Text)
	return !ok
}

// brokenCode says what is wrong with the first word of a reply's text, or ""
// where it is no attempt at an enhanced status code.
func brokenCode(token string, code transcripts.Code, promised bool) string {
	parts := strings.Split(token, ".")
	for _, part := range parts {
		if part == "" || strings.Trim(part, "0123456789Xx") != "" {
			return ""
		}
	}
	class := parts[0]
	fits := class == string(rune('0'+code/100))
	letters := strings.ContainsAny(token, "Xx")
	switch {
	case len(parts) == 2 && fits && code.Failed() && promised && !letters:
		return "a part is missing"
	case len(parts) != 3 || !code.Failed() && !fits:
		return ""
	case letters:
		if strings.Trim(token, "Xx.") == "" {
			return ""
		}
		return "X stands for a number there, it is none"
	case class != "2" && class != "4" && class != "5":
		return "the class is 2, 4 or 5"
	case len(parts[1]) > 3 || len(parts[2]) > 3:
		return "a number has more than three digits"
	}
	return "a number begins with 0"
}
