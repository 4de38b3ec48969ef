package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var commandAfterQuit = &lint.Rule{
	ID:       "command-after-quit",
	Title:    "The client went on after QUIT",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.4"), lint.RFC(5321, "4.1.1.10")},
	On:       []transcripts.Verb{transcripts.QUIT},
	Exchange: func(p *lint.Pass, i int) {
		quit := &p.Exchanges[i]
		next := p.Next(i)
		if next < 0 || quit.Reply.Code.Failed() {
			return
		}
		what := "more text"
		if e := &p.Exchanges[next]; e.Kind == transcripts.Ordered && e.Command.Verb > transcripts.Unknown {
			what = e.Command.Verb.String()
		}
		p.Report(p.Command(next), "%s was sent after QUIT", what).
			Note(p.Command(i), "the session was over here").
			Helpf("QUIT is the last command; open a new connection for more work")
	},
	Doc: `
QUIT ends the session: the server answers 221 and closes. What a client sends
behind it is lost, or answered by nobody.

# What to do

Send QUIT only when there is no more work, and open a new connection for what
comes later.

# When it stays silent

Where the server refused QUIT, because it took it for something else, and where
a new greeting shows that a new session has begun. QUIT inside a message is
text.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		C: NOOP
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
