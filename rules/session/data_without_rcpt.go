package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dataWithoutRcpt = &lint.Rule{
	ID:       "data-without-rcpt",
	Title:    "The message was announced before any recipient was named",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.DATA, transcripts.BDAT, transcripts.BURL},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		from := p.Reset(i)
		mail, mails := p.Since(from, i, transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML)
		if from < 0 && mails == 0 {
			return // the recording does not show what came before
		}
		if from >= 0 && mails == 0 && cutByHello(p, from) {
			return // the EHLO that ended the transaction is reported
		}
		if from >= 0 && e.Command.Verb == transcripts.BDAT && p.Exchanges[from].Command.Verb == transcripts.BDAT {
			return // a chunk too many is another fault
		}
		if _, rcpts := p.Since(max(from, mail), i, transcripts.RCPT); rcpts > 0 {
			return
		}
		if _, again := p.Since(max(from, mail), i, transcripts.DATA, transcripts.BDAT, transcripts.BURL); again > 0 {
			return // the first one is reported
		}
		d := p.Report(p.Command(i), "%v was sent before any RCPT TO", e.Command.Verb)
		if mail >= 0 {
			d.Note(p.Command(mail), "the transaction that has no recipient")
		}
		d.Helpf("name at least one recipient with RCPT TO and see it accepted before %v", e.Command.Verb)
	},
	Doc: `
A transaction goes MAIL, RCPT, DATA: a message needs a sender and at least one
recipient before its content can be sent. A server answers 503 to DATA that
comes earlier.

# What to do

Send RCPT TO for every recipient, and DATA only when one of them was accepted.

# When it stays silent

Where recipients were named and all of them refused; that is
data-with-no-accepted-recipient. Where the recording starts in the middle of a
session, or leaves commands out.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: DATA
		# want
		S: 503 5.5.1 Need RCPT command
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
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 13
		C: Subject: hi
		S: 250 2.0.0 13 octets received
		C: BDAT 2 LAST
		C:
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		`),
	},
}
