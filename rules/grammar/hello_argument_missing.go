package grammar

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var helloArgumentMissing = &lint.Rule{
	ID:       "hello-argument-missing",
	Title:    "EHLO, HELO or LHLO was sent without a name",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.1")},
	On:       greetings,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		if c.Args != "" || broken(c) {
			return
		}
		d := refused(p, i, p.Report(p.Command(i), "%v was sent without the name of the client", c.Verb))
		if p.Exchanges[i].Reply.Code.OK() {
			d.Sure(lint.Likely) // a recorder may have left it out
		}
		d.Helpf("write %v client.example.com with the client's own name, or %v [192.0.2.1] where it has none", c.Verb, c.Verb)
	},
	Doc: `
The client says who it is when it greets: its full name, or its address as a
literal. Servers answer 501 to a greeting without, and put what they are given
into the trace fields of the message.

# What to do

Send the host's full name; a client without one sends its address in brackets.

# When it stays silent

Where a placeholder stands in the place of the name.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO
		# want
		S: 501 5.5.4 Syntax: EHLO hostname
		`),
		lint.Bad(`
		# excerpt
		C: HELO
		# want likely
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: HELO [redacted]
		S: 250 mx.example.org
		`),
	},
}
