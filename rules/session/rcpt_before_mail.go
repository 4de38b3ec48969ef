package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var rcptBeforeMail = &lint.Rule{
	ID:       "rcpt-before-mail",
	Title:    "RCPT was sent while no mail transaction was open",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Odd:      lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Before.Mail != 0 {
			return
		}
		from := p.Reset(i)
		if from < 0 || cutByHello(p, from) {
			return // the recording does not show whether a transaction is open, or EHLO ended it and is reported
		}
		for j := i - 1; j > from; j-- {
			e := &p.Exchanges[j]
			if e.Kind != transcripts.Ordered {
				continue
			}
			switch e.Command.Verb {
			case transcripts.RCPT:
				return // the first one is reported
			case transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML:
				return // refused, or its reply is lost: failure-treated-as-success
			}
		}
		p.Report(p.Command(i), "RCPT was sent without an open mail transaction: %s", why(p, from)).
			Helpf("send MAIL FROM:<sender> first; RCPT belongs to the transaction that it opens")
	},
	Doc: `
A mail transaction begins with MAIL and ends with the reply to the message, or
with RSET, EHLO or HELO. RCPT outside of one has nothing to belong to; a server
must answer 503.

# What to do

Send MAIL before the first RCPT of every message, also of the second one on the
same connection. Wait for its reply, or pipeline both where PIPELINING is
offered.

# When it stays silent

After a MAIL that was refused: a client that goes on then is
failure-treated-as-success, and one that had pipelined RCPT could not know. Where
the recording starts in the middle of a session, or leaves commands out.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: RCPT TO:<b@example.org>
		# want
		S: 503 5.5.1 Need MAIL command
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: RCPT TO:<b@example.org>
		# want
		S: 503 5.5.1 Need MAIL command
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		S: 553 5.1.8 Sender refused
		S: 503 5.5.1 Need MAIL command
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		`),
	},
}
