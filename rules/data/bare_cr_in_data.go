package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bareCRInData = &lint.Rule{
	ID:       "bare-cr-in-data",
	Title:    "The message has CR that is not part of CRLF",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Sees:     transcripts.LineEnds | transcripts.Octets,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.8"), lint.RFC(5322, "2.3")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if b == nil {
			return
		}
		m := b.Mark(transcripts.BareCR)
		if m == nil || smuggles(b) || binary(p, i) || marked(p, i, transcripts.BareCR) {
			return
		}
		what := "a line of the message"
		if m.Count > 1 {
			what = lines(m.Count, b.Lines) + " of the message"
		}
		d := p.Report(p.Marked(m), "%s had a CR that no LF followed", what)
		if m.Shape != "" {
			d.Message += ": " + m.Shape
			d.Helpf("convert line ends once: LF was made CRLF where CRLF was already")
			return
		}
		d.Helpf("send CR only as part of CRLF, or encode the text")
	},
	Doc: `
CR and LF have no meaning in SMTP but as the two octets of CRLF. A CR alone is
dropped by some servers, taken for a line end by others, and refused by more and
more of them, since it is used to smuggle messages.

Often a line end was converted twice: LF to CRLF in a text that had CRLF, which
gives CR CR LF.

# What to do

Convert line ends once. Encode text that holds a CR with quoted-printable or
base64.

# When it stays silent

In recordings that do not show line ends, for messages declared with
BODY=BINARYMIME, and where smuggling-sequence says more.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\rmore\r\n"
		# want
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r\r\n"
		# want
		C= "more\r\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r\n"
		C= "more\r\n"
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
		C: BDAT 6 LAST
		C= "a\rbc\r\n"
		S: 250 2.0.0 Queued
		`),
	},
}
