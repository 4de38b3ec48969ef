package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var expnNotListed = &lint.Rule{
	ID:       "expn-not-listed",
	Title:    "EXPN works but is not offered",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.5.2")},
	On:       []transcripts.Verb{transcripts.EXPN},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 250 || e.Before.Hello != transcripts.EHLO || !e.Before.Offers.Lacks("EXPN") {
			return
		}
		p.Report(p.Reply(i), "EXPN was answered 250, but is not in the reply to EHLO").
			Helpf("offer EXPN, or switch it off")
	},
	Doc: `
A server that implements EXPN must list it in its reply to EHLO.

# What to do

List it; or switch it off, as most do.

# When it stays silent

Where the reply to EHLO is not on record, and where EXPN was refused or answered
252. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EXPN staff
		S: 250 Bob <b@example.org>
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 EXPN
		C: EXPN staff
		S: 250 Bob <b@example.org>
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: EXPN staff
		S: 250 Bob <b@example.org>
		`),
	},
}
