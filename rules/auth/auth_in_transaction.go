package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var authInTransaction = &lint.Rule{
	ID:       "auth-in-transaction",
	Title:    "AUTH was sent in a mail transaction",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Exchange: func(p *lint.Pass, i int) {
		if before := &p.Exchanges[i].Before; before.Mail != 0 && !before.Authenticated {
			p.Report(p.Command(i), "AUTH was sent while a mail transaction was open").
				Helpf("authenticate before MAIL, or send RSET first")
		}
	},
	Doc: `
AUTH is not allowed between MAIL and the end of the message; the server must
answer 503.

# What to do

Authenticate before MAIL. Where a MAIL or RCPT was answered with 530, send RSET,
AUTH, and MAIL again.

# When it stays silent

Where the MAIL before it was refused, so that no transaction is open.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: AUTH PLAIN ****
		# want
		S: 503 5.5.1 Not permitted during a mail transaction
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
	},
}
