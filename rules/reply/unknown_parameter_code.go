package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var unknownParameterCode = &lint.Rule{
	ID:       "unknown-parameter-code",
	Title:    "A parameter that the server does not know was not refused with 555",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.11")},
	On:       []transcripts.Verb{transcripts.MAIL, transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		switch e.Reply.Code {
		case 555, 504, 501, 455, 421, 503, 530:
			return
		}
		if lint.Says(&e.Reply, "unknown", "unrecogni", "not recogni", "unsupported", "not supported", "not implemented", "invalid") == "" {
			return
		}
		for param := range e.Command.Params() {
			if lint.Says(&e.Reply, strings.ToLower(param.Keyword), "argument", "parameter", "option") == "" {
				continue
			}
			p.Report(p.Reply(i), "the parameter %q was refused with %03d; 555 is the code for it", param.Text, e.Reply.Code).
				Note(p.Part(i, param.Text), "this parameter").
				Helpf("answer 555 to parameters that are not known, 455 where they cannot be honoured now")
			return
		}
	},
	Doc: `
555 says that a parameter of MAIL or RCPT is not known or not implemented; a
client may then send the command again without it. Other codes read like a
verdict on the address.

# What to do

Answer 555.

# When it stays silent

On 501, 504 and 455, which are near enough, and where the text does not speak of
the parameter. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> FOO=1
		S: 550 5.5.4 Unknown MAIL FROM argument
		# want
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com> FOO=1
		S: 555 5.5.4 Unsupported parameter FOO
		C: MAIL FROM:<a@example.com> SIZE=1000
		S: 550 5.1.8 Unknown sender
		`),
	},
}
