package data

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var controlCharacterInData = &lint.Rule{
	ID:       "control-character-in-data",
	Title:    "The message has control characters in it",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Octets,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.4"), lint.RFC(5322, "2.3"), lint.RFC(5322, "4")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if b == nil {
			return
		}
		kind := transcripts.NUL
		m := b.Mark(kind)
		if m == nil {
			kind = transcripts.Control
			m = b.Mark(kind)
		}
		if m == nil || smuggles(b) || binary(p, i) || marked(p, i, kind) {
			return
		}
		what := "a line of the message"
		if m.Count > 1 {
			what = lines(m.Count, b.Lines) + " of the message"
		}
		p.Report(p.Marked(m), "%s had %s in it", what, controlIn(m)).
			Helpf("encode such text with quoted-printable or base64")
	},
	Doc: `
Message text consists of printable characters, spaces, tabs and line ends. Other
control characters, and NUL above all, are dropped, replaced or taken for the
end of a string by programs on the way.

# What to do

Encode such content with quoted-printable or base64, or find out how it came to
be in the text.

# When it stays silent

Tabs are text, and ESC is what Japanese text in ISO-2022-JP is written with. It
is not judged for messages declared with BODY=BINARYMIME, and where the
recording does not show octets as they were.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "bad\x00byte\r\n"
		# want
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "page one\x0cpage two\r\n"
		# want
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "bad=00byte\ttab\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# Text in ISO-2022-JP.
		# excerpt
		C: DATA
		S: 354 Go on
		C= "\x1b$B8!:w\x1b(B\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=BINARYMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 5 LAST
		C= "a\x00b\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder writes escapes, and does not say so.
		# excerpt
		C: DATA
		S: 354 Go on
		C: bad\x00byte
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}

// controlIn names the first control character of an oddity.
func controlIn(m *transcripts.Mark) string {
	if m.Kind == transcripts.NUL {
		return "NUL"
	}
	at := strings.IndexFunc(m.Excerpt, func(c rune) bool { return c < 0x20 && c != '\t' && c != '\r' && c != 0x1b || c == 0x7f })
	if at < 0 {
		return "a control character"
	}
	return fmt.Sprintf("the control character 0x%02X", m.Excerpt[at])
}
