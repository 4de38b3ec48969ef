package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var starttlsInsideTLS = &lint.Rule{
	ID:       "starttls-inside-tls",
	Title:    "STARTTLS was sent although TLS was already on",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Exchange: func(p *lint.Pass, i int) {
		before := &p.Exchanges[i].Before
		if before.Secure != transcripts.Yes {
			return
		}
		d := p.Report(p.Command(i), "STARTTLS was sent although TLS was already on").
			Helpf("send STARTTLS at most once in a session, and never on a port with TLS from the beginning")
		if before.Assumed {
			d.Sure(lint.Likely).AtMost(lint.Warning)
		}
	},
	Doc: `
A client must not send STARTTLS inside TLS. A server that takes it begins a
second handshake in the first one; most refuse it.

# What to do

Remember in the client that TLS is on. On port 465 TLS is on from the beginning,
and STARTTLS has no place there.

# When it stays silent

Where nothing says that TLS was on. Where that only follows from an earlier 220
to STARTTLS, that handshake may have failed, and the finding is a warning.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# TLS established
		C: STARTTLS
		# want
		S: 503 5.5.1 TLS already active
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		C: STARTTLS
		# want likely
		S: 503 5.5.1 TLS already active
		`),
		lint.Good(`
		# excerpt
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# The first attempt failed.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 454 4.7.0 TLS not available
		C: STARTTLS
		S: 220 2.0.0 Ready
		`),
	},
}
