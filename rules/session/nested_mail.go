package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var nestedMail = &lint.Rule{
	ID:       "nested-mail",
	Title:    "A second MAIL was sent while a transaction was open",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML},
	Odd:      lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Before.Mail == 0 {
			return
		}
		from := p.Reset(i)
		open, refusedData := -1, -1
		for j := i - 1; j > max(from, i-lint.LookBack); j-- {
			e := &p.Exchanges[j]
			if e.Kind != transcripts.Ordered {
				continue
			}
			switch e.Command.Verb {
			case transcripts.DATA, transcripts.BDAT:
				if !e.Reply.Recorded() {
					return // it may have ended the transaction
				}
				if e.Command.Verb == transcripts.BDAT && e.Reply.Code.OK() {
					return // bdat-never-last
				}
				if e.Reply.Code.Failed() {
					refusedData = j
				}
			case transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML:
				if e.Reply.Code.OK() {
					open = j
				}
			}
			if open >= 0 {
				break
			}
		}
		if open < 0 {
			return
		}
		d := p.Report(p.Command(i), "a second MAIL was sent while the transaction from %s was still open",
			lint.Line(p.Exchanges[open].Command.Span)).
			Note(p.Command(open), "this transaction was never finished").
			Helpf("finish the message, or send RSET, before the next MAIL")
		if refusedData >= 0 {
			// The message was refused; most servers let the next MAIL begin anew.
			d.Note(p.Reply(refusedData), "the refused message left it open").AtMost(lint.Info)
		}
	},
	Doc: `
MAIL begins a mail transaction and must not be sent while another one is open.
A transaction ends with the reply to the message, or with RSET, EHLO or HELO. A
server that lets a second MAIL pass may mix up the recipients of both.

# What to do

Send RSET when a transaction is given up, for example because all recipients
were refused.

# When it stays silent

After a MAIL that was refused, and after the reply to a message, whatever it
was. After a refused DATA the transaction is still open by the letter, but
hardly a server minds: then the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: MAIL FROM:<c@example.com>
		# want
		S: 503 5.5.1 Nested MAIL command
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 553 5.1.8 Sender refused
		C: MAIL FROM:<c@example.com>
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<d@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 554 5.6.0 No, thanks
		C: MAIL FROM:<e@example.com>
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
