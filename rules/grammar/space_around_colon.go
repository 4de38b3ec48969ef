package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var spaceAroundColon = &lint.Rule{
	ID:       "space-around-colon",
	Title:    "A space stood beside the colon of MAIL FROM: or RCPT TO:",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.1.2")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		env := p.Envelope(i)
		if len(env.Colon) < 2 || !strings.Contains(env.Colon, ":") || env.Path.Text == "" ||
			!strings.EqualFold(env.Keyword, keyword(c.Verb)) {
			return
		}
		side := "behind"
		if env.Colon[0] != ':' {
			side = "before"
		}
		refused(p, i, p.Report(p.Part(i, env.Colon), "white space was sent %s the colon in %s", side, quote(c.Text))).
			Helpf("write %v %s:%s", c.Verb, strings.ToUpper(env.Keyword), env.Path.Text)
	},
	Doc: `
The colon of MAIL FROM: and RCPT TO: stands between the keyword and the path
without any space; the specification says so in so many words. Most servers let
it pass, strict ones answer 501, and some spam filters count it.

# What to do

Write MAIL FROM:<a@example.com>.

# When it stays silent

It has no exceptions; because most servers let it pass it is a warning.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM: <a@example.com>
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO :<b@example.org>
		# want
		S: 501 5.5.4 Syntax: RCPT TO:<address>
		`),
		lint.Good(`
		# excerpt
		C: mail from:<a@example.com> SIZE=100
		S: 250 2.1.0 Ok
		`),
	},
}
