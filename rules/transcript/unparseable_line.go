package transcript

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var unparseableLine = &lint.Rule{
	ID:       "unparseable-line",
	Title:    "A line of the recording cannot be read",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Warning,
	Default:  true,
	Adrift:   true,
	Session: func(p *lint.Pass) {
		for n := 0; n < len(p.Faults); n++ {
			first := p.Faults[n]
			if first.Kind != transcripts.UnreadableLine {
				continue
			}
			// Lines that follow each other are one trouble.
			more := 0
			for n+1 < len(p.Faults) && p.Faults[n+1].Kind == transcripts.UnreadableLine && p.Faults[n+1].Exchange == first.Exchange {
				n++
				more++
			}
			and := ""
			if more > 0 {
				and = fmt.Sprintf(", and %d more behind it", more)
			}
			text := strings.Clone(first.Text)
			at := lint.Place{Span: first.Span, Party: transcripts.Recorder, Text: text, To: len(text)}
			p.Report(at, "this line is neither command, reply, content nor comment%s", and).
				Helpf("choose the right notation with --input-format, or take text out that is not part of the session")
		}
	},
	Doc: `
A line between the lines of a session is neither a command nor a reply, nor
message content, nor anything that the recorder is known to write. The rest of
the session is judged without it.

# What to do

If the whole recording reads badly, name its format with --input-format. If
other output got mixed in, keep it apart, or mark it as a comment.

# When it stays silent

On message content and on lines of an AUTH exchange, whatever they look like, on
comments, and on text before the first line of a session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		S: 220 mx.example.org ESMTP
		??? garbage between the lines
		# want
		and more of it
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		S: 220 mx.example.org ESMTP
		# a comment in the recording
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
	},
}
