package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var serverContinuesAfter421 = &lint.Rule{
	ID:       "server-continues-after-421",
	Title:    "The server said that it closes, and went on",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.8"), lint.RFC(5321, "4.2.2")},
	Hears:    lint.Coded(421),
	Session: func(p *lint.Pass) {
		said := -1
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Reply.Code == 421 && !e.Reply.Open {
				if said < 0 {
					said = i
				}
				continue
			}
			asked := e.Kind == transcripts.Ordered || e.Kind == transcripts.Answered
			if said < 0 || !asked || e.Command.Early || !e.Reply.Recorded() || e.Command.Verb == transcripts.QUIT {
				continue
			}
			what := "the next line"
			if v := e.Command.Verb; v > transcripts.Unknown {
				what = v.String()
			}
			p.Report(p.Reply(i), "the server answered %s with %03d after 421, which says that it closes the connection", what, e.Reply.Code).
				Note(p.Reply(said), "421 was sent here").
				Helpf("close the connection after 421; for a failure of one command that will pass use 450 or 451")
			return
		}
	},
	Doc: `
421 says: the service is not available, the connection is being closed. Clients
stop, and give all their messages back to the queue. A server that means only
the command at hand, as OpenSMTPD does with "421 Temporary Error", makes them
give up more than they must.

# What to do

Close after 421. Use 451 or 450 for the temporary failure of one command.

# When it stays silent

On replies to commands that were sent before the 421, on further 421s, and on
the reply to QUIT.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 421 4.3.0 Temporary error
		C: NOOP
		S: 250 2.0.0 Ok
		# want
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 451 4.3.0 Temporary error
		C: NOOP
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 421-4.3.0 mx.example.org
		S: 421 4.3.0 Shutting down
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
		S: 503 5.5.1 Need MAIL command
		# server closed the connection
		`),
	},
}
