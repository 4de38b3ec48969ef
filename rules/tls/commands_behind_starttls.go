package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var commandsBehindStarttls = &lint.Rule{
	ID:       "commands-behind-starttls",
	Title:    "Something was sent behind STARTTLS before it was answered",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(3207, "4"), lint.RFC(2920, "3.1")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		const help = "send nothing behind STARTTLS until 220 has come, then begin the handshake"
		if !e.Reply.Recorded() && p.Encrypted.Known() && p.Next(i) < 0 {
			p.Report(p.Command(i), "the TLS handshake was begun before the server had answered STARTTLS").Helpf(help)
			return
		}
		j := injected(p, i)
		if j < 0 {
			return
		}
		what := "something"
		if v := p.Exchanges[j].Command.Verb; v > transcripts.Unknown {
			what = v.String()
		}
		d := p.Report(p.Command(j), "%s was sent in clear text behind STARTTLS", what).
			Note(p.Command(i), "this was not answered yet").
			Note(p.Reply(i), "its reply came later").
			Helpf(help)
		if !p.Proves.Has(transcripts.Segments) {
			d.Sure(lint.Likely)
		}
	},
	Doc: `
STARTTLS must be the last command of a group. What is sent behind it, in clear
text, lies in the server's buffer when the handshake begins. A careless server
obeys it afterwards as if it had come through TLS, so that somebody on the way
can put commands into a session that seems protected (CVE-2011-0411).

# What to do

Wait for the reply to STARTTLS, and have nothing left to send when the handshake
begins.

# When it stays silent

Where STARTTLS was refused, and where the recording does not show what the client
had read when it spoke. Without packets the order of the lines may be the
recorder's, so the finding is not certain.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS
		C: RSET
		# want likely
		S: 220 2.0.0 Ready
		`),
		lint.Bad(`
		# The handshake does not wait, either.
		# excerpt
		C: STARTTLS
		# want
		C= "\x16\x03\x01\x02\x00\x01"
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
	},
}

// injected returns what was sent behind STARTTLS, exchange i, before its 220,
// or -1.
func injected(p *lint.Pass, i int) int {
	j := i + 1
	if p.Exchanges[i].Reply.Code != 220 || j == len(p.Exchanges) ||
		p.Exchanges[j].Kind != transcripts.Ordered || !p.Exchanges[j].Command.Early {
		return -1
	}
	return j
}
