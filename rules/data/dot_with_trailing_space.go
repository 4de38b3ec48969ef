package data

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dotWithTrailingSpace = &lint.Rule{
	ID:       "dot-with-trailing-space",
	Title:    "A period with blanks behind it was meant to end the message",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.4"), lint.RFC(5321, "4.5.2")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		m := blankedPeriod(b)
		if m == nil || !over(p, i) {
			return
		}
		d := p.Report(p.Marked(m), "the last line was %q, a period with blanks behind it, which did not end the message", m.Excerpt)
		if tail := b.Mark(transcripts.CommandTail); tail != nil {
			d.Note(p.Marked(tail), "so this was read as text")
		}
		d.Helpf("send a line with one period and nothing else, then wait for the reply")
	},
	Doc: `
Only a line with one period and nothing else ends a message. A period with a
space or a tab behind it is text: the server waits for more, the client waits
for a reply, and after some minutes one of them gives up.

# What to do

Send CRLF, a period, CRLF. Look for a template, a log function or an editor that
adds blanks at the ends of lines.

# When it stays silent

Where the message is ended by a proper period later: then the line is text.
Where the server took the line for the end, or where every line of the header
section ends in a blank: then the recorder adds them.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C~ ". "
		# want
		C: QUIT
		S: 421 4.4.2 Timeout
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C~ ".\t"
		# want
		S: 421 4.4.2 Timeout
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C~ ". "
		C: more text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder puts a blank behind every line.
		# excerpt
		C~ "DATA "
		S: 354 Go on
		C~ "Subject: x "
		C~ "To: y "
		C~ " "
		C~ ". "
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder puts a blank behind every line, and the server was slow.
		# excerpt
		C~ "DATA "
		S: 354 Go on
		C~ "Subject: x "
		C~ "To: y "
		C~ " "
		C~ ". "
		S: 421 4.3.2 Shutting down
		`),
	},
}

// blankedPeriod returns the mark of a period with blanks behind it, where that
// is how a message ended that was never ended.
func blankedPeriod(b *transcripts.Body) *transcripts.Mark {
	m := b.Mark(transcripts.DotSpace)
	if b.End != transcripts.Cut || m == nil || m.Count > 1 || blanksEverywhere(b.Header) {
		return nil
	}
	at := m.First[0]
	if at == b.Stop {
		return m
	}
	tail := b.Mark(transcripts.CommandTail)
	if tail == nil || tail.First[0].Line > at.Line+nearby || tail.First[0].Packet > at.Packet+nearby {
		return nil
	}
	return m
}

// nearby leaves room for a word of the recorder between two lines.
const nearby = 2

// blanksEverywhere reports whether every line of a header section ends in a
// blank.
func blanksEverywhere(header string) bool {
	return header != "" && strings.Count(header, "\n") == strings.Count(header, " \n")
}

// over reports whether nothing more of the content of exchange i can come.
func over(p *lint.Pass, i int) bool {
	return p.Exchanges[i].Reply.Code == 421 || p.Ended != transcripts.Comment || i+1 < len(p.Exchanges)
}
