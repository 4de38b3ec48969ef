package transcript

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bodyShownUnstuffed = &lint.Rule{
	ID:       "body-shown-unstuffed",
	Title:    "Content seems to be recorded before leading periods were doubled",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.2")},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		m := e.Body.Mark(transcripts.DotText)
		if m == nil || p.Proves.Has(transcripts.Stuffing) || e.Body.Doubled > 0 {
			return
		}
		p.Report(p.Marked(m), "this line begins with one period, as no line on the wire may; the content seems to be recorded before periods were doubled").
			Sure(lint.Likely).
			Helpf("say how content is recorded: a line \"# stuffing: none\" or \"# stuffing: wire\" in plain notation")
	},
	Doc: `
A client sends a line that begins with a period with a second one before it, so
that it is not taken for the end of the message. Many programs write their log
before they do that. Rules about periods then judge with little certainty.

# What to do

Nothing; or say in plain notation which it is, with a line "# stuffing: wire" or
"# stuffing: none".

# When it stays silent

Where the recording is known to show what crossed the wire: then the client
forgot to double the period, which dot-not-stuffed says. Where another line of
the message has its period doubled. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: .profile is a file
		# want likely
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: ..profile is a file
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
