package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var starttlsOfferedNotUsed = &lint.Rule{
	ID:       "starttls-offered-not-used",
	Title:    "The server offered STARTTLS, and the message was sent in clear text",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "6"), lint.RFC(8314, "4.1")},
	Session: func(p *lint.Pass) {
		if p.LMTP || p.Local() {
			return
		}
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered {
				continue
			}
			switch e.Command.Verb {
			case transcripts.STARTTLS, transcripts.XCLIENT, transcripts.XFORWARD, transcripts.LHLO:
				return // it was tried, or this is the inside of a mail system
			case transcripts.AUTH:
				if a := sasl.AttemptAt(p.Session, i); sasl.Find(a.Mechanism).Readable && a.Sent(p.Session) {
					return // plaintext-auth-in-clear is the graver consequence
				}
			case transcripts.MAIL:
				sure := p.InClear(i)
				if sure == 0 || e.Before.Adrift || !e.Before.Offers.Has("STARTTLS") {
					continue
				}
				p.Report(p.Command(i), "the server had offered STARTTLS, and MAIL was sent in clear text").Sure(sure).
					Helpf("use STARTTLS wherever it is offered")
				return
			}
		}
	},
	Doc: `
The message could have been encrypted on its way, at no cost: the server offered
it. In clear text everybody on the way can read and change it.

# What to do

Use STARTTLS wherever it is offered, also where the certificate cannot be
checked.

# When it stays silent

Where TLS was on or may have been, where STARTTLS was tried and refused, in
LMTP, within one machine, with servers that bear a name for tests, and where
XCLIENT or XFORWARD show the inside of a mail system. It is said once for each
session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# tls: off
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: MAIL FROM:<a@example.com>
		# want
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: MAIL FROM:<a@example.com>
		# want likely
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		# Connected to localhost
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		# mode: lmtp
		C: LHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250-ENHANCEDSTATUSCODES
		S: 250 STARTTLS
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# A server for tests.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.corp.test
		S: 250 STARTTLS
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-XFORWARD NAME
		S: 250 STARTTLS
		C: XFORWARD NAME=client.example.com
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}
