package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var etrnInTransaction = &lint.Rule{
	ID:       "etrn-in-transaction",
	Title:    "ETRN was sent within a mail transaction",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(1985, "5")},
	On:       []transcripts.Verb{transcripts.ETRN},
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Before.Mail == 0 || p.Exchanges[i].Before.Offers.Lacks("ETRN") {
			return
		}
		d := p.Report(p.Command(i), "ETRN was sent while a mail transaction was open")
		if mail := p.Mail(i); mail >= 0 {
			d.Note(p.Command(mail), "it was opened here")
		}
		refused(p, i, d.Helpf("send ETRN before MAIL, or when the message is finished"))
	},
	Doc: `
ETRN asks the server to deliver what it holds for a host. It may come at any time
once the session is open, but not between MAIL and the end of the message.

# What to do

Send ETRN before the first MAIL or between messages.

# When it stays silent

Where the transaction is over: after the reply to the message, RSET or EHLO.
ETRN without an argument is argument-missing; without the server's offer,
command-not-advertised.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ETRN
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: ETRN example.com
		# want
		S: 503 5.5.1 MAIL transaction in progress
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ETRN
		C: ETRN example.com
		S: 250 2.0.0 Queuing started
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: ETRN example.com
		S: 250 2.0.0 Queuing started
		`),
	},
}
