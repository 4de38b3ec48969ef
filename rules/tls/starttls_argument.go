package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var starttlsArgument = &lint.Rule{
	ID:       "starttls-argument",
	Title:    "STARTTLS was sent with an argument",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(3207, "4")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Exchange: func(p *lint.Pass, i int) {
		if args := p.Exchanges[i].Command.Args; args != "" {
			p.Report(p.Part(i, args), "STARTTLS was sent with the argument %q, but it takes none", args).
				Helpf("send STARTTLS alone on its line")
		}
	},
	Doc: `
STARTTLS takes no argument; a server answers 501 to one.

# What to do

Send the word alone.

# When it stays silent

On blanks at the end of the line, which servers should let pass.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS now
		# want
		S: 501 5.5.4 No parameters allowed
		`),
		lint.Good(`
		# excerpt
		C~ "STARTTLS "
		S: 220 2.0.0 Ready
		`),
	},
}
