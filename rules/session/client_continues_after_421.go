package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var clientContinuesAfter421 = &lint.Rule{
	ID:       "client-continues-after-421",
	Title:    "The client went on after 421",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(5321, "3.8")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered, transcripts.Content, transcripts.Unasked},
	Got:      []transcripts.Class{transcripts.Transient},
	Hears:    lint.Coded(421),
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Reply.Code != 421 || p.Exchanges[i].Before.Closing {
			return
		}
		next := i
		for {
			if next = p.Next(next); next < 0 {
				return
			}
			if e := &p.Exchanges[next]; e.Kind != transcripts.Ordered || e.Command.Verb == transcripts.QUIT {
				return
			} else if !e.Command.Early {
				break
			}
		}
		what := "another line"
		if v := p.Exchanges[next].Command.Verb; v > transcripts.Unknown {
			what = v.String()
		}
		p.Report(p.Command(next), "%s was sent after 421, with which the server closes the connection", what).
			Note(p.Reply(i), "421 was sent here").
			Helpf("stop and close after 421; keep the message and try again later on a new connection")
	},
	Doc: `
421 ends the session: the server closes, and what was not yet accepted was not
accepted. Commands behind it go nowhere, or draw another 421.

# What to do

Close the connection, treat the open transaction as failed for now, and try
again later, or at another host.

# When it stays silent

On commands that were pipelined before the 421 came, and on QUIT. A greeting of
421 is the matter of continues-after-refused-greeting. A server's own log does
not show what the client had read, so this cannot be judged from one.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP
		S: 421 4.3.2 mx.example.org Shutting down
		C: MAIL FROM:<a@example.com>
		# want
		S: 421 4.3.2 mx.example.org Shutting down
		C: RCPT TO:<b@example.org>
		S: 421 4.3.2 mx.example.org Shutting down
		`),
		lint.Good(`
		# excerpt
		C: NOOP
		S: 421 4.3.2 mx.example.org Shutting down
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		S: 421 4.3.2 mx.example.org Shutting down
		# client closed the connection
		`),
	},
}
