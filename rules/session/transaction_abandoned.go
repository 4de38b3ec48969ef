package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var transactionAbandoned = &lint.Rule{
	ID:       "transaction-abandoned",
	Title:    "A transaction with accepted recipients was given up",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.RSET, transcripts.QUIT, transcripts.EHLO, transcripts.HELO, transcripts.LHLO},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Accepted == 0 {
			return
		}
		mail := -1
		for j := i - 1; j >= max(0, i-lint.LookBack) && mail < 0; j-- {
			f := &p.Exchanges[j]
			switch {
			case f.Kind == transcripts.Ordered && f.Command.Verb == transcripts.RCPT:
				if f.Reply.Code == 452 {
					return
				}
			case f.Before.Mail != e.Before.Mail:
				mail = j
			case f.Command.Verb == transcripts.DATA || f.Command.Verb == transcripts.BDAT || f.Command.Verb == transcripts.BURL:
				return
			}
		}
		if mail < 0 {
			return
		}
		if sender, ok := lint.Address(&p.Exchanges[mail]); ok && sender == "" && e.Before.Accepted == 1 {
			return // somebody asks whether an address exists
		}
		them := "recipients"
		if e.Before.Accepted == 1 {
			them = "recipient"
		}
		p.Report(p.Command(i), "%v gave up a transaction with %d accepted %s, and no message was sent", e.Command.Verb, e.Before.Accepted, them).
			Note(p.Command(mail), "it began here").
			Helpf("unless this was a probe, look for the error that made the client give up")
	},
	Doc: `
The server had accepted recipients, and the client ended the transaction without
sending a message. That is allowed, but mostly there is a fault of the client
behind it: it took a success for a failure, or ran into an error of its own.

# What to do

Look at the last replies, and at the client's log.

# When it stays silent

On probes that ask with the null sender whether one address exists, after DATA
was refused, and after 452, where the client begins anew with fewer recipients.
The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: QUIT
		# want
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 451 4.3.0 Not now
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 LIMITS RCPTMAX=2
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 452 4.5.3 Too many recipients
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
