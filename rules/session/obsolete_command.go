package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var obsoleteCommand = &lint.Rule{
	ID:       "obsolete-command",
	Title:    "A command that was withdrawn was used",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "F.1"), lint.RFC(5321, "F.6")},
	On:       []transcripts.Verb{transcripts.SEND, transcripts.SOML, transcripts.SAML, transcripts.TURN},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		verb := e.Command.Verb
		if verb == transcripts.TURN && e.Before.Authenticated {
			return
		}
		d := p.Report(p.Command(i), "%v is a command of RFC 821 that was withdrawn", verb)
		if verb == transcripts.TURN {
			d.Helpf("use ETRN (RFC 1985), or ATRN after AUTH (RFC 2645)")
		} else {
			d.Helpf("use MAIL")
		}
	},
	Doc: `
SEND, SOML and SAML wrote to the screens of users who were logged in; TURN let a
client take over the server's mail without any proof of who it is. RFC 5321
withdraws them, and servers answer 502.

# What to do

Use MAIL. To fetch mail use ETRN, or ATRN after AUTH.

# When it stays silent

On these words in message content, and on TURN after a login.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: SEND FROM:<a@example.com>
		# want
		S: 502 5.5.1 Not implemented
		`),
		lint.Bad(`
		# excerpt
		C: TURN
		# want
		S: 502 5.5.1 Not implemented
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: SEND FROM:<a@example.com>
		C: TURN
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: AUTH EXTERNAL =
		S: 235 2.7.0 Welcome
		C: TURN
		S: 502 5.5.1 Not for you
		`),
	},
}
