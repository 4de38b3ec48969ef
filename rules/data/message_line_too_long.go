package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var messageLineTooLong = &lint.Rule{
	ID:       "message-line-too-long",
	Title:    "A line of the message is longer than 998 octets",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.6"), lint.RFC(5322, "2.1.1"), lint.RFC(6152, "2"), lint.RFC(3030, "3")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if b == nil {
			return
		}
		m := b.Mark(transcripts.LongLine)
		if m == nil || binary(p, i) {
			return
		}
		d := p.Report(p.Marked(m), "this line of the message was longer than 998 octets")
		if m.Count > 1 {
			d.Message += ", and so were " + others(m.Count-1)
		}
		d.Helpf("fold header fields, and encode the body as quoted-printable or base64")
	},
	Doc: `
A line of a message has at most 998 octets and CRLF. Servers cut longer lines,
break them, or refuse the message; a break in the middle of a line also breaks
DKIM signatures.

# What to do

Fold long header fields at a blank, and encode the body as quoted-printable or
base64. HTML in one line is the usual cause.

# When it stays silent

A second period that was put before one does not count. Content that was
declared as BODY=BINARYMIME has no lines. Recordings that leave content out or
cut it are not judged.
`,
	Examples: []lint.Example{
		lint.LongBad(func() string {
			return `
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: ` + long(999) + `
		# want
		C: .
		S: 500 5.5.2 Line too long
		`
		}),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: ` + long(998) + `
		C: .
		S: 250 2.0.0 Queued
		`
		}),
		lint.LongGood(func() string {
			return `
		# The first period was added on the way.
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: ..` + long(997) + `
		C: .
		S: 250 2.0.0 Queued
		`
		}),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=BINARYMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 1201 LAST
		C= "` + long(1200) + `\n"
		S: 250 2.0.0 Queued
		`
		}),
	},
}
