package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bareLFInData = &lint.Rule{
	ID:       "bare-lf-in-data",
	Title:    "Lines of the message ended in LF without CR",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Sees:     transcripts.LineEnds,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.8"), lint.RFC(5321, "4.1.1.4"), lint.RFC(5322, "2.3")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if b == nil {
			return
		}
		m := b.Mark(transcripts.BareLF)
		if m == nil || smuggles(b) || binary(p, i) || marked(p, i, transcripts.BareLF) {
			return
		}
		if !b.Complete() && m.Count == 1 {
			return // perhaps the line was cut off, and the recorder ended it
		}
		what := "a line of the message"
		if m.Count > 1 {
			what = lines(m.Count, b.Lines) + " of the message"
		}
		p.Report(p.Marked(m), "%s ended in LF without CR", what).
			Labelf("LF alone ended this line").
			Helpf("send every line end as CRLF; convert before periods are doubled")
	},
	Doc: `
In SMTP only CRLF ends a line. Servers do different things to a bare LF: some
refuse the message, some turn it into CRLF, which breaks signatures, some keep
it, and some take it for a line end where others do not, which lets a second
message be smuggled inside the first.

# What to do

Convert all line ends to CRLF in one place, right before periods are doubled and
the message is sent.

# When it stays silent

In recordings that do not show line ends, for messages declared with
BODY=BINARYMIME, for a line in which the connection was lost, and where
smuggling-sequence says more. It is said once for a message, whatever the number
of lines and chunks.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "Subject: x\n"
		# want
		C= "\r\n"
		C= "text\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# Every line, the period included.
		# excerpt
		C= "DATA\n"
		S: 354 Go on
		C= "text\n"
		# want
		C= ".\n"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: BDAT 5
		C= "text\n"
		# want
		S: 250 2.0.0 Ok
		C: BDAT 5 LAST
		C= "more\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "Subject: x\r\n"
		C= "\r\n"
		C= "text\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# A binary message has no lines.
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=BINARYMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 5 LAST
		C= "text\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder does not show line ends.
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
