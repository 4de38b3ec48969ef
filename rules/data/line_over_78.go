package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var lineOver78 = &lint.Rule{
	ID:       "line-over-78",
	Title:    "A line of the message is longer than 78 characters",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5322, "2.1.1")},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		m := p.Exchanges[i].Body.Mark(transcripts.Long78)
		if m == nil {
			return
		}
		d := p.Report(p.Marked(m), "this line of the message was longer than 78 octets")
		if m.Count > 1 {
			d.Message += ", and so were " + others(m.Count-1)
		}
		d.Helpf("wrap the text, and fold header fields")
	},
	Doc: `
Lines of a message should have at most 78 characters, so that they can be read
in a terminal. No mail is lost where they are longer.

# What to do

Wrap the text and fold header fields, or send format=flowed.

# When it stays silent

The rule is off unless it is asked for: the limit is advice to people who write
mail, and no server may refuse a message for it.
`,
	Examples: []lint.Example{
		lint.LongBad(func() string {
			return `
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: ` + long(79) + `
		# want
		C: .
		S: 250 2.0.0 Queued
		`
		}),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: ` + long(78) + `
		C: .
		S: 250 2.0.0 Queued
		`
		}),
	},
}
