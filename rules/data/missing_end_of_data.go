package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var missingEndOfData = &lint.Rule{
	ID:       "missing-end-of-data",
	Title:    "The message was never ended: no line with only a period",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.1.4"), lint.RFC(5321, "4.5.2")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		tail := e.Body.Mark(transcripts.CommandTail)
		if e.Body.End != transcripts.Cut || tail == nil || !over(p, i) || blankedPeriod(e.Body) != nil {
			return
		}
		p.Report(p.Marked(tail), "the message that began at %s was never ended, so %q was read as text",
			lint.Line(e.Body.Span), tail.Excerpt).
			Note(p.BodyStart(i), "the message begins here").
			Helpf("after the last line send a line with only a period, then wait for the reply")
	},
	Doc: `
Content ends with a line that holds only a period, and with nothing else. Until
that comes the server takes all for text, commands too, and waits. In the end it
gives up with 421, or the client does, and the message is not delivered.

# What to do

Send CRLF, a period and CRLF after the last line of the message, and wait for
the reply before the next command.

# When it stays silent

Where the recording just stops, where it leaves content out, and where text that
looks like commands is ended by a period later.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: QUIT
		# want
		S: 421 4.4.2 Timeout
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: Say this:
		C: QUIT
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: QUIT
		`),
	},
}
