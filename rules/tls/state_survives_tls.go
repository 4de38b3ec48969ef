package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var stateSurvivesTLS = &lint.Rule{
	ID:       "state-survives-tls",
	Title:    "The server kept what it knew from before TLS",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Reply.Code != 220 {
			return
		}
		for j := i + 1; j < len(p.Exchanges); j++ {
			e := &p.Exchanges[j]
			if e.Kind != transcripts.Ordered {
				continue
			}
			took := e.Reply.Code.OK() || e.Reply.Code == 354
			const help = "when TLS starts, forget all that the client said before, and be as after the greeting"
			switch e.Command.Verb {
			case transcripts.MAIL:
				if e.Before.Hello == transcripts.NoVerb && took && e.Before.Secure == transcripts.Yes {
					p.Report(p.Reply(j), "MAIL was accepted after the handshake though no EHLO had come: "+
						"the server kept the one from before, or asks for none").Sure(lint.Hint).Helpf(help)
				}
				return
			case transcripts.RCPT, transcripts.DATA, transcripts.BDAT:
				if p.Exchanges[i].Before.Mail != 0 && took && e.Before.Secure == transcripts.Yes {
					p.Report(p.Reply(j), "%v was accepted after the handshake though no MAIL had come: "+
						"the server went on with the transaction from before TLS", e.Command.Verb).
						Note(p.Command(i), "the session started anew here").Helpf(help)
				}
				return
			case transcripts.STARTTLS, transcripts.RSET, transcripts.XCLIENT:
				return
			}
		}
	},
	Doc: `
When TLS starts, the server must forget what the client said before: its name, a
transaction, an authentication. Whoever sits on the line could have said it.

# What to do

Server: go back to the state right after the greeting.

# When it stays silent

Where the recording leaves commands out. A server that takes MAIL without a new
EHLO may have kept the old one or may not ask for any, so that this is a hint
only.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		# want hint
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		# want
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# The recorder has left EHLO out.
		# proves: Order Security
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}
