package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var ehloStyleReplyToHelo = &lint.Rule{
	ID:       "ehlo-style-reply-to-helo",
	Title:    "HELO was answered with a list of extensions",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "3.2")},
	On:       []transcripts.Verb{transcripts.HELO},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		lines := p.Exchanges[i].Reply.Lines
		for k := 1; k < len(lines); k++ {
			word, _, _ := strings.Cut(strings.TrimSpace(lines[k].Text), " ")
			// In plain text a word in capitals is rare, and a keyword rarer.
			if e := codes.FindExtension(word); e != nil && e.Keyword == word {
				p.Report(p.ReplyLine(i, k), "HELO was answered with the extension %s; extensions are for clients that say EHLO", word).
					Helpf("answer HELO with one line: 250 <host name>")
				return
			}
		}
	},
	Doc: `
A client that says HELO knows no extensions, and some of that age cannot read a
reply of several lines. A server must not offer it any.

# What to do

Answer HELO with a single line.

# When it stays silent

On replies to HELO that have further lines of plain text.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: HELO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 1000000
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: HELO client.example.com
		S: 250-mx.example.org
		S: 250 Help is at postmaster@example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
