package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var requiredOnPublicMX = &lint.Rule{
	ID:       "tls-required-on-public-mx",
	Title:    "A public mail server insisted on STARTTLS",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4")},
	On:       []transcripts.Verb{transcripts.MAIL, transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		if r.Code != 530 || p.Port != 25 || asksFor(r) != transcripts.STARTTLS {
			return
		}
		p.Report(p.Reply(i), "%v was refused because it was in clear text, on port 25", p.Exchanges[i].Command.Verb).
			Helpf("accept clear text on port 25, and tell senders by MTA-STS or DANE that they should use TLS")
	},
	Doc: `
A server that takes mail for a domain from everybody must not insist on TLS:
senders without it could not reach that domain at all.

# What to do

Accept clear text, and publish an MTA-STS policy or TLSA records, so that those
who can use TLS always do.

# When it stays silent

The rule is off unless it is asked for: many domains know what they do. Private
and submission servers may require TLS, so that it speaks about port 25 only.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# port: 25
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Must issue a STARTTLS command first
		# want
		`),
		lint.Good(`
		# excerpt
		# port: 25
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		# port: 587
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Must issue a STARTTLS command first
		`),
	},
}
