package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var parameterOnWrongCommand = &lint.Rule{
	ID:       "parameter-on-wrong-command",
	Title:    "A parameter of MAIL was given with RCPT, or the other way round",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.11"), lint.RFC(3461, "4"), lint.RFC(7293, "3.1")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		for param := range p.Envelope(i).Params() {
			known := esmtp.FindParameter(param.Keyword, param.Value)
			if known == nil || known.On(e.Command.Verb) || again(p, i, func(j int) bool { return misplacedToo(&p.Exchanges[j], e.Command.Verb, known) }) {
				continue
			}
			d := p.Report(p.Part(i, param.Text), "%s was sent with %v, but belongs to %v",
				strings.ToUpper(param.Keyword), e.Command.Verb, known.Verbs[0]).
				Ref(lint.RFC(5321, "4.1.1.11"), known.Ref).
				Helpf("send it with %v", known.Verbs[0])
			refused(p, i, d)
		}
	},
	Doc: `
NOTIFY, ORCPT and RRVS say something about one recipient and belong to RCPT.
SIZE, BODY, RET, ENVID, AUTH and the others say something about the message and
belong to MAIL. A server refuses a parameter that it does not expect, with 555.

# What to do

Move the parameter to the other command.

# When it stays silent

SMTPUTF8 also goes with VRFY and EXPN.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> NOTIFY=SUCCESS
		# want
		S: 555 5.5.4 Unsupported parameter
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org> SMTPUTF8
		# want
		S: 555 5.5.4 Unsupported parameter
		C: RCPT TO:<c@example.org> SMTPUTF8
		S: 555 5.5.4 Unsupported parameter
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250-SMTPUTF8
		S: 250 DSN
		C: VRFY b@example.org SMTPUTF8
		S: 252 2.5.0 It will be tried
		C: MAIL FROM:<a@example.com> RET=HDRS
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> NOTIFY=SUCCESS
		S: 250 2.1.5 Ok
		`),
	},
}

func misplacedToo(e *transcripts.Exchange, verb transcripts.Verb, known *esmtp.Parameter) bool {
	if e.Kind != transcripts.Ordered || e.Command.Verb != verb || e.Command.Plain() {
		return false
	}
	_, ok := e.Command.Param(known.Keyword)
	return ok
}
