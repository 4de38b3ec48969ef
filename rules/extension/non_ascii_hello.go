package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var nonASCIIHello = &lint.Rule{
	ID:       "non-ascii-hello",
	Title:    "EHLO, HELO or LHLO was sent with a name beyond ASCII",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Octets,
	Refs:     []lint.Ref{lint.RFC(6531, "3.7.1"), lint.RFC(5321, "4.1.1.1")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.HELO, transcripts.LHLO},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		if ascii(c.Args) {
			return
		}
		refused(p, i, p.Report(p.Part(i, c.Args), "%v was sent with the name %s, which is not ASCII", c.Verb, quote(c.Args)).
			Helpf("send the name as A-labels (xn--...)"))
	},
	Doc: `
The name in EHLO is sent before anybody knows whether the server offers
SMTPUTF8, so it must be ASCII. A name with other letters is written in A-labels.

# What to do

Send the xn-- form of the name.

# When it stays silent

Where the recording does not keep octets as they were.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO müller.example
		# want
		S: 501 5.5.2 Invalid name
		`),
		lint.Good(`
		# excerpt
		C: EHLO xn--mller-kva.example
		S: 250 mx.example.org
		`),
		lint.Good(`
		# proves: Order Unbroken
		# excerpt
		C: EHLO müller.example
		S: 250 mx.example.org
		`),
	},
}
