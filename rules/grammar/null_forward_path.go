package grammar

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var nullForwardPath = &lint.Rule{
	ID:       "null-forward-path",
	Title:    "RCPT was sent with the null path",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.3"), lint.RFC(5321, "4.1.2")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		env, ok := addressed(p, i)
		if !ok || !env.Path.Null() || p.Exchanges[i].Reply.Code.OK() {
			return
		}
		refused(p, i, p.Report(p.Part(i, env.Path.Text), "RCPT was sent with an empty recipient")).
			Helpf("give the address of a recipient; only MAIL may say <>")
	},
	Doc: `
A message can be without a sender, MAIL FROM:<>, but not without a recipient.
The cause is an empty address somewhere, for example the return path of a bounce
that a program tries to answer.

# What to do

Do not answer messages whose return path is empty, and drop empty recipients
before sending.

# When it stays silent

On MAIL FROM:<>. Where the server accepted the recipient: then it saw one, and
the recorder took it out.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<>
		# want
		S: 501 5.1.3 Bad recipient address syntax
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<>
		S: 250 2.1.5 Ok
		`),
	},
}
