package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var failureTreatedAsSuccess = &lint.Rule{
	ID:       "failure-treated-as-success",
	Title:    "A refusal was taken for a success",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1"), lint.RFC(5321, "3.3")},
	On:       []transcripts.Verb{transcripts.BDAT, transcripts.RCPT, transcripts.STARTTLS},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		switch {
		case e.Kind == transcripts.Content || e.Body != nil && e.Body.Last:
			if e.Reply.Code.Failed() {
				reportedSent(p, i)
			}
		case e.Command.Verb == transcripts.RCPT:
			if e.Before.Mail == 0 {
				wentOn(p, i)
			}
		case e.Command.Verb == transcripts.STARTTLS:
			if e.Reply.Code.Failed() {
				handshook(p, i)
			}
		}
	},
	Doc: `
A reply that begins with 4 or 5 says that nothing was done. A client that goes on
as if it had been 2 sends commands that can only fail, reports the wrong error
(the 503 that follows, and not the reason that the server gave), or tells its
user that a message is on its way which nobody has taken.

# What to do

Look at every reply before the next command. After a refused MAIL give up this
message: send QUIT, or RSET and the next MAIL.

# When it stays silent

Where the commands were pipelined, so that the client could not know; a log of
the server does not tell these cases apart. On MAIL after a failed AUTH, which
is allowed, and on DATA after some recipients were refused, which is normal.
DATA after all of them were refused, content after a refused DATA, and MAIL
after a refused EHLO have rules of their own.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 553 5.1.8 Sender refused
		C: RCPT TO:<b@example.org>
		# want
		S: 503 5.5.1 Need MAIL command
		C: RCPT TO:<c@example.org>
		S: 503 5.5.1 Need MAIL command
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 554 5.7.1 Looks like spam
		# want
		# client: message sent
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 454 4.7.0 TLS not available
		# want
		# TLS established
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 553 5.1.8 Sender refused
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
		# a log of the server: PIPELINING is on offer, so nobody knows what the client had read
		# proves: Opening Closing Unbroken Order
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		S: 553 5.1.8 Sender refused
		C: RCPT TO:<b@example.org>
		S: 503 5.5.1 Need MAIL command
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 535 5.7.8 No
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		# upload sent off: message of 14 bytes
		C: .
		S: 554 5.7.1 Looks like spam
		# client: the message was not accepted
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}

// wentOn looks at a RCPT outside a transaction: is there a refused MAIL before
// it?
func wentOn(p *lint.Pass, i int) {
	for j := i - 1; j >= 0; j-- {
		f := &p.Exchanges[j]
		if f.Kind == transcripts.Unasked || f.Before.Adrift {
			return
		}
		if f.Kind != transcripts.Ordered {
			continue
		}
		switch v := f.Command.Verb; {
		case v == transcripts.RCPT:
			return // the first one is reported
		case v.Hello() && f.Reply.Code.OK() || v == transcripts.RSET:
			return
		case v == transcripts.MAIL:
			if !f.Reply.Code.Failed() || f.Reply.Code == 421 || !p.Knew(j, i) {
				return
			}
			p.Report(p.Command(i), "MAIL was refused with %03d, but the client went on with RCPT", f.Reply.Code).
				Note(p.Reply(j), "no transaction was opened").
				Helpf("after a refused MAIL send QUIT, or RSET and another MAIL")
			return
		}
	}
}

// reportedSent looks for the recording's word that a refused message was sent.
func reportedSent(p *lint.Pass, i int) {
	r := &p.Exchanges[i].Reply
	for _, more := range p.Exchanges[i].More {
		if more.Code.OK() {
			return // LMTP: somebody has it; partial-success-misreported
		}
	}
	said := -1
	for k, to := p.Behind(i); k < to && said < 0; k++ {
		if p.Spoke(k, i) && lint.SaysSuccess(p.Remarks[k].Text) {
			said = k
		}
	}
	if said < 0 && r.Verdict != transcripts.TakenForSuccess {
		return
	}
	d := p.Report(p.Reply(i), "the message was refused with %03d, but the client reported that it had been sent", r.Code)
	if said >= 0 {
		d.Note(p.Said(said), "it says so here")
	}
	d.Labelf("nobody has the message").
		Helpf("after 4yz keep the message and try later, after 5yz tell its sender")
}

// handshook looks for a TLS handshake after STARTTLS was refused.
func handshook(p *lint.Pass, i int) {
	for k, to := p.Behind(i); k < to; k++ {
		if p.Remarks[k].Note == transcripts.Secured {
			p.Report(p.Reply(i), "STARTTLS was refused with %03d, but the client began TLS", p.Exchanges[i].Reply.Code).
				Note(p.Said(k), "the handshake").
				Helpf("begin TLS after 220 only; after a refusal go on in clear text or close")
			return
		}
	}
}
