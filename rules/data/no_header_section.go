package data

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var noHeaderSection = &lint.Rule{
	ID:       "no-header-section",
	Title:    "The message does not begin with a header field",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.4"), lint.RFC(5322, "2.1"), lint.RFC(5322, "3.6")},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if !b.Complete() || b.Lines == 0 || beginsHeader(b.First) {
			return
		}
		const help = "send at least Date and From, then an empty line, then the text"
		switch {
		case b.First == "":
			p.Report(p.BodyStart(i), "the message began with an empty line: it has no header section").Helpf(help)
		case strings.HasPrefix(b.First, "From "):
			p.Report(p.BodyStart(i), "the message began with the separator line of a mailbox file, which is no header field").
				Helpf("take the line that begins with \"From \" off before the message is sent")
		default:
			p.Report(p.BodyStart(i), "the message began with %q, which is no header field", b.First).Helpf(help)
		}
	},
	Doc: `
A message begins with header fields, a name and a colon each; then come an empty
line and the text. Text that stands where the header section is due is read as a
broken header, and the recipient may see none of it.

# What to do

Send at least Date and From, an empty line, then the text. A line that begins
with "From " and has no colon comes from a mailbox file and does not belong in a
message.

# When it stays silent

Where content is left out or cut, and on empty messages.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Hello Bob!
		# want
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: From alice@example.com Mon Jan  6 10:00:00 2025
		# want
		C: Subject: x
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C:
		# want
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C: From: a@example.com
		C:
		C: Hello Bob!
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		# [content left out]
		S: 250 2.0.0 Queued
		`),
	},
}

// beginsHeader reports whether a line begins with the name of a header field
// and a colon. Blanks before the colon are obsolete but known (RFC 5322 §4.5).
// line is cut off: a name that fills it may go on.
func beginsHeader(line string) bool {
	n := 0
	for n < len(line) && line[n] > ' ' && line[n] < 0x7f && line[n] != ':' {
		n++
	}
	if n == 0 {
		return false
	}
	rest := strings.TrimLeft(line[n:], " \t")
	return rest == "" && n == len(line) && n > 76 || strings.HasPrefix(rest, ":")
}
