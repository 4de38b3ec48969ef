package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var code556OutsideRcpt = &lint.Rule{
	ID:       "556-outside-rcpt",
	Title:    "556 answered another command than RCPT",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(7504, "4"), lint.RFC(7504, "5.1"), lint.RFC(7505, "4.2")},
	Got:      []transcripts.Class{transcripts.Permanent},
	Hears:    lint.Coded(556),
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 556 || e.Kind == transcripts.Content || e.Kind == transcripts.Unasked {
			return
		}
		switch e.Command.Verb {
		case transcripts.RCPT, transcripts.BDAT:
			return
		case transcripts.DATA:
			if p.Port == 587 || p.Port == 465 || e.Before.Authenticated {
				return
			}
		}
		p.Report(p.Reply(i), "%s was answered 556, which is about the domain of a recipient", named(e)).
			Helpf("answer \"550 5.7.27\" where the sender's domain takes no mail")
	},
	Doc: `
556 says that the domain of a recipient takes no mail. It belongs to RCPT, or to
the end of the message where recipients are looked at late.

# What to do

Use 550 with 5.7.27 for a sender whose domain takes no mail, and so could get no
answer.

# When it stays silent

On submission servers that look at recipients as late as DATA.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@nomail.example.com>
		S: 556 5.1.10 Null MX
		# want
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@nomail.example.com>
		S: 550 5.7.27 Null MX
		C: MAIL FROM:<c@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@nomail.example.org>
		S: 556 5.1.10 Null MX
		`),
		lint.Good(`
		# port: 587
		# excerpt
		C: RCPT TO:<b@nomail.example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 556 5.1.10 Null MX
		`),
	},
}
