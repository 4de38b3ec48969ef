package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var cleartextOnImplicitTLSPort = &lint.Rule{
	ID:       "cleartext-on-implicit-tls-port",
	Title:    "A session on port 465 began in clear text",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Opening | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(8314, "3.3"), lint.RFC(8314, "7.3")},
	Session: func(p *lint.Pass) {
		if p.Port != 465 {
			return
		}
		const help = "on port 465 start TLS before the greeting; STARTTLS belongs on port 587"
		if e := &p.Exchanges[0]; e.Before.Secure == transcripts.No && e.Reply.Code == 220 {
			p.Report(p.Reply(0), "the greeting on port 465 came in clear text; that port is for TLS from the beginning").Helpf(help)
			return
		}
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.STARTTLS && e.Before.Secure != transcripts.Yes && e.Reply.Code == 220 {
				p.Report(p.Reply(i), "the server took STARTTLS on port 465; that port is for TLS from the beginning").Helpf(help)
				return
			}
		}
	},
	Doc: `
On port 465 the TLS handshake comes first, and the greeting inside it. A client
that begins with the handshake and a server that waits in clear text do not
understand each other.

# What to do

Configure the listener for implicit TLS, or use port 587.

# When it stays silent

Where the recording does not say what was encrypted: it may have been made
behind the program that does the TLS. The port must be stated.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# port: 465
		# tls: off
		S: 220 msa.example.org ESMTP
		# want
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 STARTTLS
		`),
		lint.Bad(`
		# port: 465
		S: 220 msa.example.org ESMTP
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Ready
		# want
		`),
		lint.Good(`
		# port: 465
		# TLS established
		S: 220 msa.example.org ESMTP
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 AUTH PLAIN
		`),
		lint.Good(`
		# Recorded behind the program that does the TLS.
		# port: 465
		S: 220 msa.example.org ESMTP
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 AUTH PLAIN
		`),
		lint.Good(`
		# The port is not known.
		# tls: off
		S: 220 msa.example.org ESMTP
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 STARTTLS
		`),
	},
}
