package grammar

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var trailingTextAfterPath = &lint.Rule{
	ID:       "trailing-text-after-path",
	Title:    "What followed the path was not a list of parameters",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.2"), lint.RFC(5321, "4.1.1.11")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		env, ok := addressed(p, i)
		if !ok || env.Tail == "" || lint.Injected(&p.Exchanges[i].Command) != "" {
			return
		}
		if m := &env.Path.Mailbox; !m.Flaw.None() && m.Flaw.Kind != transcripts.NoDomain && m.Flaw.Kind != transcripts.Underscore {
			return // the path may have ended too early
		}
		c := &p.Exchanges[i].Command
		if env.Tail[0] != ' ' && env.Tail[0] != '\t' {
			d := p.Report(p.Part(i, env.Tail), "%s was sent right behind the path", quote(env.Tail))
			help(refused(p, i, d), c, env)
			return
		}
		for param := range env.Params() {
			if flaw := param.Flaw(); flaw.Kind == transcripts.BadKeyword && ascii(param.Keyword) {
				d := p.Report(p.Part(i, param.Text), "%s was sent behind the path, where only parameters belong", quote(param.Text))
				help(refused(p, i, d), c, env)
				return
			}
		}
	},
	Doc: `
Behind the path of MAIL and RCPT come parameters: a space, a keyword, and for
most of them "=" and a value. Anything else, a parameter without the space
before it, a comment, a second address, makes the whole command invalid.

# What to do

Write MAIL FROM:<a@example.com> SIZE=1000, and one RCPT for each recipient.

# When it stays silent

On white space at the end of the line. On keywords that no extension defines,
and on values that break the grammar of their parameter: these have rules of
their own.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>SIZE=1000
		# want
		S: 501 5.5.4 Syntax error in parameters
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>,<c@example.org>
		# want
		S: 501 5.5.4 Syntax error in parameters
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org> (Bob)
		# want
		S: 501 5.5.4 Syntax error in parameters
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-DSN
		S: 250 SIZE
		C: MAIL FROM:<a@example.com>  SIZE=1000 RET=HDRS
		S: 250 2.1.0 Ok
		C= "RCPT TO:<b@example.org> NOTIFY=SUCCESS,FAILURE \r\n"
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

func help(d *lint.Diagnostic, c *transcripts.Command, env *transcripts.Envelope) {
	switch first := env.Tail[0]; {
	case c.Verb == transcripts.RCPT && (first == ',' || first == ';' || first == '<'):
		d.Helpf("send one RCPT for each recipient")
	case first == ' ' || first == '\t' || first == '>':
		d.Helpf("write %v %s:%s and, behind a space, only parameters that the server offers", c.Verb, keyword(c.Verb), env.Path.Text)
	default:
		d.Helpf("put a space between the path and the parameters: %s %s", env.Path.Text, env.Tail)
	}
}
