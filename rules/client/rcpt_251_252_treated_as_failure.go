package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var rcpt251252TreatedAsFailure = &lint.Rule{
	ID:       "rcpt-251-252-treated-as-failure",
	Title:    "251 or 252 to RCPT was taken for a refusal",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.4"), lint.RFC(5321, "4.3.2")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    lint.Coded(251, 252),
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 251 && e.Reply.Code != 252 {
			return
		}
		address, _ := lint.Address(e)
		next := p.Next(i)
		alone := e.Before.Accepted == 0 && (next < 0 || p.Exchanges[next].Command.Verb != transcripts.RCPT)
		goesOn := next >= 0 && !givesUp(&p.Exchanges[next])
		said, stated := p.TakenForFailure(i, address, "recipient", "rcpt", "address", "user")
		switch {
		case stated && !(alone && goesOn):
			d := p.Report(p.Reply(i), "%03d accepts the recipient, yet the client took it for a refusal of %q", e.Reply.Code, address)
			if said.Party == transcripts.Recorder {
				d.Note(said, "it says so here")
			}
			help251(p, d, next, goesOn)
		case alone && next >= 0 && !goesOn && p.Proves.Has(transcripts.Closing|transcripts.Unbroken) && p.Carries.Has(transcripts.Outcome):
			d := p.Report(p.Reply(i), "%03d accepts the recipient, yet %q was given up", e.Reply.Code, address).Sure(lint.Likely)
			help251(p, d, next, goesOn)
		}
	},
	Doc: `
251 says that the server takes the message and forwards it, 252 that it takes it
without knowing the mailbox. Both are success replies: the recipient is
accepted. Clients that look for 250 alone give up an address that would have
worked.

# What to do

Treat any 2yz reply to RCPT as accepted and send the message.

# When it stays silent

Where the client goes on with DATA for this recipient. Where it says nothing and
the recording cannot tell what it concluded.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 251 2.1.5 User not local; will forward to <b@example.net>
		# want
		# client: recipient refused
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 251 2.1.5 User not local; will forward to <b@example.net>
		# want likely
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
		S: 251 2.1.5 User not local; will forward to <b@example.net>
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

func help251(p *lint.Pass, d *lint.Diagnostic, next int, goesOn bool) {
	if next >= 0 && !goesOn {
		d.Note(p.Command(next), "the client gave up here")
	}
	d.Labelf("the recipient is accepted").
		Helpf("treat 250, 251 and any other 2yz to RCPT as accepted, and send the message")
}
