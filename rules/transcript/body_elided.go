package transcript

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bodyElided = &lint.Rule{
	ID:       "body-elided",
	Title:    "A message is not in the recording",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Adrift:   true,
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Body == nil || e.Body.End != transcripts.Elided {
			return
		}
		at := p.Command(i)
		switch {
		case at.Span.Known():
		case e.Body.Stop.Known():
			at = p.Period(i)
		case i > 0:
			at = p.Reply(i - 1)
		}
		p.Report(at, "the message is not in the recording; rules about content say nothing about it").
			Helpf("record message content too, if it is to be checked")
	},
	Doc: `
The recorder left the message out, or wrote some words in its place ("... 5120
bytes of message ..."). Rules about content are not judged for it.

# What to do

If the content is to be checked, let the recorder write it. Otherwise nothing.

# When it stays silent

Where the message is there, even if it is empty. The rule is off unless asked
for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: ... 5120 bytes of message ...
		# want
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: .
		# want
		S: 250 2.0.0 Queued, 5120 bytes
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: .
		S: 554 5.6.0 Where is the message?
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
