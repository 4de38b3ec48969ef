package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var replyInjectedBeforeTLS = &lint.Rule{
	ID:       "reply-injected-before-tls",
	Title:    "A further reply came in clear text between 220 and the TLS handshake",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2"), lint.RFC(3207, "6")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Exchange: func(p *lint.Pass, i int) {
		j := i + 1
		if p.Exchanges[i].Reply.Code != 220 || j == len(p.Exchanges) || p.Exchanges[j].Kind != transcripts.Unasked {
			return
		}
		reply := p.Exchanges[j].Reply
		tls := p.Encrypted.Known() && p.Next(j) < 0
		for k := range p.Remarks {
			m := &p.Remarks[k]
			tls = tls || m.Note == transcripts.Secured && m.After == j && m.Span.Offset > reply.Span().Offset
		}
		if !tls || reply.Code == 421 {
			return
		}
		p.Report(p.Reply(j), "a further reply came in clear text between 220 and the TLS handshake").
			Note(p.Reply(i), "this ends what may be said in clear text").
			Helpf("client: discard what was received before the handshake; server: find out who sent it")
	},
	Doc: `
Behind 220 to STARTTLS nothing comes from the server but its part of the
handshake. A reply that comes in between was perhaps put there by somebody on
the way: a careless client takes it for the answer to its first command inside
TLS, for example for a list of extensions that nobody protected offers.

# What to do

Client: discard everything that was received before the handshake. Server: send
nothing behind the 220, and find out whether it was the server at all.

# When it stays silent

For further lines of the same reply, for 421, and where the recording does not
show that TLS began afterwards.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		S: 250 2.0.0 Ok
		# want
		# TLS established
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220-2.0.0 Ready
		S: 220 2.0.0 Go ahead
		# TLS established
		`),
	},
}
