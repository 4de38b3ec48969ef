package data

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dotNotStuffed = &lint.Rule{
	ID:       "dot-not-stuffed",
	Title:    "A line of the message starts with a period that was not doubled",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Stuffing,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.2")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		m := p.Exchanges[i].Body.Mark(transcripts.DotText)
		if m == nil || i+1 < len(p.Exchanges) && p.Exchanges[i+1].Kind == transcripts.Strayed {
			return // bare-period-in-body has the same cause
		}
		at := p.Marked(m)
		d := p.Report(at, "this line starts with a single period, which the server takes off: the recipient will see %q",
			strings.TrimPrefix(at.Text, "."))
		if m.Count > 1 {
			d.Message += ", and the same holds for " + others(m.Count-1)
		}
		d.Helpf("double a period at the start of a line, also where text follows it")
	},
	Doc: `
On the wire every line of content that starts with a period gets a second one,
and the server takes the first one off. A line that was sent with a single
period arrives without it: ".htaccess" becomes "htaccess".

# What to do

Double the period on every line that starts with one, not only on those that
hold nothing else.

# When it stays silent

Where the recording does not show content as it crossed the wire: many programs
log the message before periods are doubled. Content of BDAT is never changed.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# stuffing: wire
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: .htaccess was changed
		# want
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		# stuffing: wire
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: ..htaccess was changed
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: .htaccess was changed
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
