package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var unknownCommandCode = &lint.Rule{
	ID:       "unknown-command-code",
	Title:    "A command that nobody knows was not refused with 500",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.4")},
	On:       []transcripts.Verb{transcripts.Unknown},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		code := p.Exchanges[i].Reply.Code
		if code == 500 || code == 421 || p.Unwelcome() {
			return
		}
		p.Report(p.Reply(i), "a command that no specification knows was refused with %03d; 500 is the code for it", code).
			Note(p.Command(i), "the unknown command").
			Helpf("answer 500 to what is not recognised, 502 to commands that are known but not implemented")
	},
	Doc: `
500 says that a command is not recognised, 502 that it is, but not implemented
here.

# What to do

Answer 500 to unknown commands.

# When it stays silent

On 421, and after a greeting that refused the client. As other codes confuse
hardly anybody here, the rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: FOO
		S: 502 5.5.1 Unimplemented
		# want
		`),
		lint.Good(`
		# excerpt
		C: FOO
		S: 500 5.5.2 Not recognized
		C: FOO
		S: 421 4.7.0 Too many errors
		`),
	},
}
