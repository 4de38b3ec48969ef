package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var trailingWhitespace = &lint.Rule{
	ID:       "trailing-whitespace",
	Title:    "A command line ended with white space",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		n := len(strings.TrimRight(c.Text, " \t"))
		if c.Verb <= transcripts.Unknown || n == len(c.Text) {
			return
		}
		p.Report(p.Part(i, c.Text[n:]), "white space was sent at the end of %s", quote(c.Text)).
			Helpf("send nothing between the last argument and the line end")
	},
	Doc: `
Servers should tolerate white space at the end of a command line, and nearly all
of them do. Where one does not, an invisible character is hard to find, so this
rule can be turned on.

# What to do

Send nothing between the last argument and CRLF.

# When it stays silent

Unless it is turned on. In message content and AUTH exchanges.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C= "NOOP \r\n"
		# want
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C= "NOOP\r\n"
		S: 250 2.0.0 Ok
		C: DATA
		S: 354 Go on
		C= "Subject: \r\n"
		C= "\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
	},
}
