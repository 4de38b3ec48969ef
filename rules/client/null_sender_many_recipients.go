package client

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var nullSenderManyRecipients = &lint.Rule{
	ID:       "null-sender-many-recipients",
	Title:    "A message with the null sender went to several recipients",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "6.1"), lint.RFC(5321, "4.5.5")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Accepted != 1 || p.LMTP || e.Before.Hello == transcripts.LHLO {
			return
		}
		m := mailOf(p, i)
		if m < 0 {
			return
		}
		if !strings.Contains(p.Exchanges[m].Command.Args, "<>") {
			return // by far the most
		}
		sender, recipient := p.Exchanges[m].Command.Path(), e.Command.Path()
		if !sender.Null() || recipient.Null() {
			return // where recipients are missing, too, the recorder has hidden the addresses
		}
		n := 2
		for j := i + 1; j < len(p.Exchanges) && p.Exchanges[j].Before.Mail == e.Before.Mail; j++ {
			if f := &p.Exchanges[j]; f.Command.Verb == transcripts.RCPT && f.Reply.Code.OK() {
				n++
			}
		}
		p.Report(p.Command(i), "a message with the null sender was sent to %d recipients", n).
			Sure(lint.Hint).
			Note(p.Part(m, sender.Text), "the null sender").
			Helpf("send each report for itself, to the return path of the message that it is about")
	},
	Doc: `
The null sender is for reports about mail, and a report goes to one address: the
return path of the message that it is about. Several recipients look like abuse,
and many servers refuse them.

# What to do

Send one transaction for each report.

# When it stays silent

In LMTP, where an alias may stand for many. It is a hint only: notifications to
a list are sent like this for good reasons. The null sender itself is never
wrong.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		# want hint
		S: 250 2.1.5 Ok
		C: RCPT TO:<d@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<nobody@example.org>
		S: 550 5.1.1 No such user
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# mode: lmtp
		# excerpt
		C: LHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		`),
	},
}
