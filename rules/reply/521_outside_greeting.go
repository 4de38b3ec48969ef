package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var code521OutsideGreeting = &lint.Rule{
	ID:       "521-outside-greeting",
	Title:    "521 answered a command",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(7504, "3"), lint.RFC(7504, "4")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered, transcripts.Content},
	Got:      []transcripts.Class{transcripts.Permanent},
	Hears:    lint.Coded(521),
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 521 || p.Unwelcome() || !goesOn(p, i) {
			return
		}
		p.Report(p.Reply(i), "%s was answered 521, which says that the host never takes mail, and greets with it", named(e)).
			Helpf("answer 554 or 550 here; 556 to RCPT for a domain that takes no mail")
	},
	Doc: `
521 is a greeting: this host never takes mail, do not try again. As the reply to
a command it says too much: other mail may well be taken.

# What to do

Answer 550 or 554, or 556 to RCPT where the domain takes no mail.

# When it stays silent

After a greeting of 521, and where the session ends with it: Postfix and Haraka
send 521 when they close on a client that misbehaves.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 521 5.3.2 Not accepting mail
		# want
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 556 5.1.10 This domain takes no mail
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 521 5.5.1 Too many errors
		`),
	},
}

// goesOn reports whether the server answered something behind exchange i.
func goesOn(p *lint.Pass, i int) bool {
	for j := i + 1; j < min(len(p.Exchanges), i+lint.LookBack); j++ {
		if e := &p.Exchanges[j]; e.Reply.Recorded() && e.Reply.Code != 521 {
			return true
		}
	}
	return false
}
