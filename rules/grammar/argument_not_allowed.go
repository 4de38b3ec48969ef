package grammar

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var argumentNotAllowed = &lint.Rule{
	ID:       "argument-not-allowed",
	Title:    "DATA, RSET or QUIT was sent with an argument",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1"), lint.RFC(5321, "4.3.2")},
	On:       []transcripts.Verb{transcripts.DATA, transcripts.QUIT, transcripts.RSET},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		if c.Args == "" {
			return
		}
		refused(p, i, p.Report(p.Part(i, c.Args), "%v takes no argument, but was sent with %s", c.Verb, quote(c.Args))).
			Helpf("send %v alone", c.Verb)
	},
	Doc: `
DATA, RSET and QUIT have no arguments, and no extension gives them any. Servers
answer 501 to one, so that the message is not sent, or the session not ended.

# What to do

Send the command word alone.

# When it stays silent

On spaces behind the word, and on a note that a person has put there, as in
"DATA   *** dropped here ***". NOOP may have an argument. That of STARTTLS is
another rule's matter.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RSET all
		# want
		S: 501 5.5.4 Syntax: RSET
		`),
		lint.Good(`
		# excerpt
		C= "RSET  \r\n"
		S: 250 2.0.0 Ok
		C: NOOP are you there
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
