package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var serverAnswersInjectedCommand = &lint.Rule{
	ID:       "server-answers-injected-command",
	Title:    "The server obeyed a clear text command inside TLS",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Unbroken | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2"), lint.RFC(3207, "6")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		j := injected(p, i)
		if j < 0 || !p.Exchanges[j].Reply.Recorded() {
			return
		}
		on := -1
		for k := range p.Remarks {
			if m := &p.Remarks[k]; m.Note == transcripts.Secured && m.Span.Offset > p.Exchanges[i].Reply.Span().Offset {
				on = k
				break
			}
		}
		reply := p.Exchanges[j].Reply.Span().Offset
		if on < 0 || reply < p.Remarks[on].Span.Offset {
			return
		}
		for n := j + 1; n < len(p.Exchanges); n++ {
			e := &p.Exchanges[n]
			if e.Kind != transcripts.Unasked && e.Command.Span.Offset < reply {
				return // it may be the answer to what was sent inside TLS
			}
		}
		p.Report(p.Reply(j), "the server answered a command inside TLS that was sent in clear text").
			Note(p.Command(j), "the command was sent before the handshake").
			Note(p.Said(on), "TLS is on from here").
			Helpf("discard what is left in the input buffer when TLS starts")
	},
	Doc: `
When TLS starts, a server must forget what it was told before, and that includes
commands that have arrived but were not read yet. One that answers them inside
TLS lets anybody on the way put commands into the session of a client that has
done all to protect itself (CVE-2011-0411).

# What to do

Empty the input buffer between sending 220 and beginning the handshake, or refuse
STARTTLS when something is behind it.

# When it stays silent

Where the client had sent another command inside TLS by then, to which the reply
may belong.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		C: NOOP
		S: 220 2.0.0 Ready
		# TLS established
		S: 250 2.0.0 Ok
		# want
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
