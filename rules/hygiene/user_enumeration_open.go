package hygiene

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var userEnumerationOpen = &lint.Rule{
	ID:       "user-enumeration-open",
	Title:    "VRFY or EXPN told a stranger which users exist",
	Area:     lint.Hygiene,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "7.3")},
	On:       []transcripts.Verb{transcripts.VRFY, transcripts.EXPN},
	Session: func(p *lint.Pass) {
		yes, no := -1, -1
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.VRFY && e.Command.Verb != transcripts.EXPN ||
				e.Before.Authenticated || e.Before.Adrift {
				continue
			}
			switch e.Reply.Code {
			case 250:
				yes = i
			case 550, 551:
				no = i
			}
			if yes >= 0 && no >= 0 && p.Exchanges[yes].Command.Args != p.Exchanges[no].Command.Args {
				p.Report(p.Reply(max(yes, no)), "%v told that one user exists and another does not, without any login", e.Command.Verb).
					Note(p.Reply(min(yes, no)), "the other answer").
					Helpf("answer 252 to strangers, or leave it: RCPT tells the same")
				return
			}
		}
	},
	Doc: `
Who may ask which names exist can make a list of addresses for spam. RFC 5321
leaves it to each site whether it tells, and to whom.

# What to do

Answer 252 to clients that have not logged in. As long as RCPT tells the same to
everybody, little is won.

# When it stays silent

After a login, and where all answers are alike. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: VRFY b@example.org
		S: 250 <b@example.org>
		C: VRFY z@example.org
		S: 550 5.1.1 Unknown
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		C: VRFY z@example.org
		S: 252 2.5.0 It will be tried
		`),
		lint.Good(`
		# excerpt
		C: AUTH EXTERNAL =
		S: 235 2.7.0 Welcome
		C: VRFY b@example.org
		S: 250 <b@example.org>
		C: VRFY z@example.org
		S: 550 5.1.1 Unknown
		`),
	},
}
