package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var blankLineBeforeEnd = &lint.Rule{
	ID:       "blank-line-before-end",
	Title:    "The last line of the message is empty",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Bodies | transcripts.LineEnds,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.4")},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		if b := p.Exchanges[i].Body; b.Blank && b.End == transcripts.Dot {
			p.Report(p.Period(i), "an empty line stood before the period that ended the message").
				Helpf("where the text ends in CRLF already, send only the period and CRLF")
		}
	},
	Doc: `
The CRLF before the period that ends a message is also the end of its last line.
Clients that always send CRLF, period, CRLF add an empty line to each message
that ends in CRLF, and every hop that does so adds one more.

# What to do

Send CRLF before the period only where the text does not end in one.

# When it stays silent

The rule is off unless it is asked for: whether the author ended the text with
an empty line cannot be told. The empty line behind the header section is not
meant, and recordings without line ends are not judged.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C= "DATA\r\n"
		S: 354 Go on
		C= "Subject: x\r\n"
		C= "\r\n"
		C= "text\r\n"
		C= "\r\n"
		C= ".\r\n"
		# want
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C= "DATA\r\n"
		S: 354 Go on
		C= "Subject: x\r\n"
		C= "\r\n"
		C= "text\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# A message without text.
		# excerpt
		C= "DATA\r\n"
		S: 354 Go on
		C= "Subject: x\r\n"
		C= "\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# Line ends are not on record.
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
