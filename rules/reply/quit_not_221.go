package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var quitNot221 = &lint.Rule{
	ID:       "quit-not-221",
	Title:    "QUIT was not answered 221",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.10")},
	On:       []transcripts.Verb{transcripts.QUIT},
	Got:      []transcripts.Class{transcripts.Success, transcripts.Intermediate, transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		switch e.Reply.Code {
		case 221, 421, 500, 502: // 500 and 502: required-command-not-implemented
			return
		}
		if e.Command.Args != "" || e.Reply.Open {
			return
		}
		p.Report(p.Reply(i), "QUIT was answered %03d instead of 221", e.Reply.Code).
			Helpf("answer \"221 <host name> closing\" and close the connection")
	},
	Doc: `
QUIT is answered 221, always, and the connection is closed then. Clients that
wait for 221 may take anything else for an error at the very end, and wonder
whether their mail was delivered.

# What to do

Answer 221. The 250 that some RFCs print in their examples is a slip.

# When it stays silent

On 421, where the server closes anyway, and on QUIT with an argument, which may
be refused. Where QUIT was read as text of a message.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 250 Goodbye
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 mx.example.org Goodbye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 421 4.3.2 mx.example.org Shutting down
		`),
	},
}
