package session

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var privateCommandNotListed = &lint.Rule{
	ID:       "private-command-not-listed",
	Title:    "A private command that the server does not list",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.5"), lint.RFC(5321, "4.1.1.1")},
	On:       []transcripts.Verb{transcripts.Unknown},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		word, _, _ := strings.Cut(e.Command.Text, " ")
		if word == "" || !private(word) || !e.Before.Offers.Lacks(word) {
			return
		}
		p.Report(p.Part(i, word), "%s is a private command that the server had not listed in its reply to %v", word, e.Before.Hello).
			Helpf("use private commands only where the server is known to understand them")
	},
	Doc: `
Commands that begin with X are agreed on between client and server. A server may
list those that it knows in its reply to EHLO, but need not.

# What to do

Send private commands only to servers that are known to understand them.

# When it stays silent

Where the command is listed, and where no reply to EHLO is on record. As listing
is optional, the rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: XSTATUS
		# want
		S: 500 5.5.2 Not recognized
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XSTATUS
		C: XSTATUS
		S: 250 2.0.0 All is well
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: XSTATUS
		S: 500 5.5.2 Not recognized
		`),
	},
}
