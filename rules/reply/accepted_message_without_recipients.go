package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var acceptedMessageWithoutRecipients = &lint.Rule{
	ID:       "accepted-message-without-recipients",
	Title:    "The server accepted a message for nobody",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2920, "3.2"), lint.RFC(2920, "4"), lint.RFC(5321, "3.3")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Accepted > 0 || e.Before.Refused == 0 || p.LMTP || e.Before.Hello == transcripts.LHLO || e.Body != nil && e.Kind == transcripts.Ordered && !e.Body.Last {
			return
		}
		from := p.Reset(i)
		rcpt, n := p.Since(from, i, transcripts.RCPT)
		if from < 0 || n != int(e.Before.Refused) {
			return
		}
		p.Report(p.Reply(i), "the server accepted a message although it had refused all its recipients").
			Note(p.Reply(rcpt), "refused here").
			Helpf("answer 554, and deliver such a message to nobody")
	},
	Doc: `
All recipients had been refused, and the server said 354 to DATA all the same,
which it may. The message that then comes must be refused: 2yz says that the
server will deliver it, and there is nobody to deliver it to.

# What to do

Answer 554 to the end of such a message.

# When it stays silent

In LMTP, where such a message draws no reply; where no RCPT was sent at all,
which is a fault of its own; and where a reply to RCPT is not on record.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<nobody@example.org>
		C: DATA
		S: 250 2.1.0 Ok
		S: 550 5.1.1 No such user
		S: 354 Go on
		C: .
		S: 250 2.0.0 Queued
		# want
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
		S: 354 Go on
		C: .
		S: 554 5.5.1 No valid recipients
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
