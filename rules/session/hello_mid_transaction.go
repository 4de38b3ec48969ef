package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var helloMidTransaction = &lint.Rule{
	ID:       "hello-mid-transaction",
	Title:    "EHLO or HELO was sent within a mail transaction, which ended it",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.HELO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Odd:      lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Mail == 0 {
			return
		}
		from := p.Reset(i)
		mail, _ := p.Since(from, i, openers...)
		verb := e.Command.Verb
		if on := goesOn(p, i); on >= 0 {
			d := p.Report(p.Command(i), "%v ended the mail transaction, yet the client went on with it: %v at %s came without a new MAIL",
				verb, p.Exchanges[on].Command.Verb, lint.Line(p.Exchanges[on].Command.Span)).
				Note(p.Command(on), "no transaction was open here")
			if mail >= 0 {
				d.Note(p.Command(mail), "the transaction that %v ended", verb)
			}
			d.Helpf("send MAIL again after %v", verb)
			return
		}
		d := p.Report(p.Command(i), "%v was sent within a mail transaction and ended it, as RSET would have", verb).AtMost(lint.Info)
		if mail >= 0 {
			d.Note(p.Command(mail), "the transaction that %v ended", verb)
		}
		d.Helpf("finish the transaction, or end it with RSET")
	},
	Doc: `
EHLO, HELO and LHLO do what RSET does: the server forgets sender, recipients and
message. A client that goes on with RCPT or DATA as if nothing had happened gets
503.

# What to do

Send EHLO once at the beginning, again after STARTTLS, and not within a
transaction; after any EHLO begin with MAIL.

# When it stays silent

After RSET, after a message, and after STARTTLS or XCLIENT, which leave no
transaction open. Where the client does not go on with the transaction the
finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: EHLO client.example.com
		# want
		S: 250 mx.example.org
		C: RCPT TO:<b@example.org>
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
		C: EHLO client.example.com
		# want
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Must issue a STARTTLS command first
		C: STARTTLS
		S: 220 2.0.0 Go ahead
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// openers are the commands that open a mail transaction.
var openers = []transcripts.Verb{transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML}

// goesOn returns the first command behind i that belongs to a transaction,
// where none was opened in between, or -1.
func goesOn(p *lint.Pass, i int) int {
	for j := i + 1; j < len(p.Exchanges); j++ {
		if p.Exchanges[j].Kind != transcripts.Ordered {
			continue
		}
		switch p.Exchanges[j].Command.Verb {
		case transcripts.RCPT, transcripts.DATA, transcripts.BDAT, transcripts.BURL:
			return j
		case transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML,
			transcripts.EHLO, transcripts.HELO, transcripts.LHLO, transcripts.RSET, transcripts.STARTTLS:
			return -1
		}
	}
	return -1
}

// cutByHello reports whether exchange j is a greeting command that ended an
// open transaction; what then goes on with that is reported there.
func cutByHello(p *lint.Pass, j int) bool {
	e := &p.Exchanges[j]
	return e.Kind == transcripts.Ordered && e.Command.Verb.Hello() && e.Before.Mail != 0
}
