package transcript

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var directionInverted = &lint.Rule{
	ID:       "direction-inverted",
	Title:    "The labels of client and server are swapped",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(821, "3"), lint.RFC(2645, "5.3")},
	Adrift:   true,
	Session: func(p *lint.Pass) {
		for _, f := range p.Faults {
			if f.Kind == transcripts.SwappedLabels {
				text := strings.Clone(f.Text)
				at := lint.Place{Span: f.Span, Party: transcripts.Recorder, Text: text, To: len(text)}
				p.Report(at, "the labels look swapped: the client's lines carry replies, the server's carry commands; they were read the other way round").
					Helpf("write C: before what the client sent, and S: before what the server answered")
			}
		}
	},
	Doc: `
Nearly all lines that are labelled as the client's are replies, and commands
stand under the server's label. The recording was read the other way round, and
judged like that.

# What to do

Use "C:" for the client and "S:" for the server.

# When it stays silent

Where "S:" and "R:" are used and "C:" is not, as in RFC 821: there S is the
sender, which is the client. Where ATRN or TURN has exchanged the roles within a
session. On message content that looks like replies.
`,
	Examples: []lint.Example{
		lint.Bad(`
		C: 220 mx.example.org ESMTP
		# want
		S: EHLO client.example.com
		C: 250 mx.example.org
		S: QUIT
		C: 221 2.0.0 Bye
		`),
		lint.Good(`
		R: 220 mx.example.org ESMTP
		S: EHLO client.example.com
		R: 250 mx.example.org
		S: QUIT
		R: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: ATRN example.org
		S: 250 2.0.0 Now you are the server
		C: 220 client.example.com ESMTP
		S: EHLO mx.example.org
		C: 250 client.example.com
		S: QUIT
		C: 221 2.0.0 Bye
		`),
	},
}
