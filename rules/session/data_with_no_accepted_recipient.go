package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dataWithNoAcceptedRecipient = &lint.Rule{
	ID:       "data-with-no-accepted-recipient",
	Title:    "The message was announced although every recipient had been refused",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(2920, "3.1")},
	On:       []transcripts.Verb{transcripts.DATA, transcripts.BDAT, transcripts.BURL},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Command.Early || e.Before.Accepted > 0 || e.Before.Refused == 0 {
			return
		}
		from := p.Reset(i)
		if from >= 0 && e.Before.Mail == 0 {
			return // the recipients were refused because no transaction was open
		}
		if _, again := p.Since(from, i, transcripts.DATA, transcripts.BDAT, transcripts.BURL); again > 0 {
			return
		}
		rcpt, n := p.Since(from, i, transcripts.RCPT)
		if n == 0 || n != int(e.Before.Refused) {
			return // the reply to one of them is not on record
		}
		all := "the only recipient"
		if n > 1 {
			all = "all recipients"
		}
		p.Report(p.Command(i), "%v was sent although %s had been refused", e.Command.Verb, all).
			Note(p.Reply(rcpt), "refused here").
			Helpf("send RSET or QUIT when no RCPT was accepted")
	},
	Doc: `
When every RCPT of a transaction was refused there is nobody to deliver to. A
client that asks to send the message anyway gets 503 or 554 at best; at worst
the server answers 354, takes the message and drops it.

# What to do

Look at the replies to RCPT before DATA. When none of them is a 2yz, send RSET
to start over or QUIT.

# When it stays silent

Where DATA was pipelined behind the RCPTs, before the client could read their
replies: RFC 2920 allows that. A server's own log does not show what the client
had read, so this cannot be judged from one.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<nobody@example.org>
		S: 550 5.1.1 No such user
		C: DATA
		# want
		S: 554 5.5.1 No valid recipients
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<nobody@example.org>
		C: DATA
		S: 250 2.1.0 Ok
		S: 550 5.1.1 No such user
		S: 554 5.5.1 No valid recipients
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<nobody@example.org>
		S: 550 5.1.1 No such user
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
