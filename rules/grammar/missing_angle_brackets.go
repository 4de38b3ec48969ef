package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var missingAngleBrackets = &lint.Rule{
	ID:       "missing-angle-brackets",
	Title:    "An address was sent without angle brackets",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.2")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		env := p.Envelope(i)
		path := &env.Path
		if path.Open && path.Closed || broken(c) || !strings.EqualFold(env.Keyword, keyword(c.Verb)) || !strings.Contains(env.Colon, ":") ||
			path.Name != "" || path.Text == "" || path.Mailbox.Hidden() {
			return
		}
		lacks := "angle brackets"
		switch {
		case path.Open:
			lacks = `its closing ">"`
		case path.Closed:
			lacks = `its opening "<"`
		}
		refused(p, i, p.Report(p.Part(i, path.Text), "the path %s was sent without %s", quote(path.Text), lacks)).
			Helpf("write %v %s:<%s>", c.Verb, keyword(c.Verb), strings.Trim(path.Text, "<>"))
	},
	Doc: `
The path in MAIL and RCPT stands in angle brackets. They are no decoration: they
tell the path from the parameters behind it, and "<>" is the empty sender.
Strict servers answer 501.

# What to do

Write MAIL FROM:<a@example.com> and RCPT TO:<b@example.org>.

# When it stays silent

In VRFY and EXPN, whose argument needs no brackets. Where the recorder has put a
placeholder in the place of the address.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:a@example.com
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org
		# want
		S: 501 5.5.4 Syntax: RCPT TO:<address>
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<"a>b"@example.com>
		S: 250 2.1.0 Ok
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		C: EXPN staff
		S: 550 5.1.1 No such list
		C: RCPT TO:[redacted]
		S: 250 2.1.5 Ok
		`),
	},
}
