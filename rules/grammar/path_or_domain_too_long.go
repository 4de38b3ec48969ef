package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Limits in octets (RFC 5321 §4.5.3.1.2, §4.5.3.1.3).
const (
	longestDomain = 255
	longestPath   = 256 // brackets and punctuation included
)

var pathOrDomainTooLong = &lint.Rule{
	ID:       "path-or-domain-too-long",
	Title:    "A path was longer than 256 octets, or a domain than 255",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.2"), lint.RFC(5321, "4.5.3.1.3")},
	On:       append(greetings[:len(greetings):len(greetings)], envelopes...),
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Command.Verb.Hello() {
			if h, _, ok := greeting(p, i); ok && len(h.Text) > longestDomain {
				tooLong(p, i, "domain", h.Text, longestDomain)
			}
			return
		}
		env, ok := addressed(p, i)
		if !ok || len(env.Path.Text) < min(longestDomain, longestPath) || env.Path.Mailbox.Hidden() {
			return
		}
		switch host := env.Path.Mailbox.Host.Text; {
		case len(host) > longestDomain:
			tooLong(p, i, "domain", host, longestDomain)
		case len(env.Path.Text) > longestPath:
			tooLong(p, i, "path", env.Path.Text, longestPath)
		}
	},
	Doc: `
Servers need not take a path of more than 256 octets, brackets included, or a
domain of more than 255; DNS itself has no longer names. A long address is
mostly several that were run together, or a header field in the wrong place.

# What to do

Look at what the address was made of; split lists into one RCPT for each.

# When it stays silent

Up to these limits.
`,
	Examples: []lint.Example{
		lint.LongBad(func() string {
			return "# excerpt\nC: RCPT TO:<b@" + strings.Repeat("label.", 42) + "example.org>\n# want\nS: 501 5.1.3 Path too long\n"
		}),
		lint.LongBad(func() string {
			return "# excerpt\nC: RCPT TO:<" + strings.Repeat("b", 60) + "@" + strings.Repeat("label.", 30) + "example.org>\n" +
				"S: 250 2.1.5 Ok\nC: RCPT TO:<" + strings.Repeat("b", 60) + "@" + strings.Repeat("label.", 31) + "example.org>\n# want\nS: 501 5.1.3 Path too long\n"
		}),
		lint.LongGood(func() string {
			return "# excerpt\nC: RCPT TO:<b@" + strings.Repeat("label.", 40) + "example.org>\nS: 250 2.1.5 Ok\n"
		}),
	},
}

func tooLong(p *lint.Pass, i int, what, text string, limit int) {
	refused(p, i, p.Report(p.Part(i, text), "the %s %s had %d octets, the limit is %d", what, quote(text), len(text), limit)).
		Helpf("check how this %s was put together; no server needs to take more than %d octets", what, limit)
}
