package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var smtputf8NotNeeded = &lint.Rule{
	ID:       "smtputf8-not-needed",
	Title:    "SMTPUTF8 was asked for, and nothing needed it",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Octets | transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(6531, "3.4")},
	On:       endsByVerb,
	In:       endsByKind,
	Exchange: func(p *lint.Pass, i int) {
		mail := p.Mail(i)
		if mail < 0 || !p.Exchanges[i].Reply.Recorded() || measured(p, i, mail) == 0 {
			return
		}
		asked, ok := p.Exchanges[mail].Command.Param("SMTPUTF8")
		if !ok {
			return
		}
		for j := mail; j <= i; j++ {
			e := &p.Exchanges[j]
			if !ascii(e.Command.Text) || e.Body != nil && e.Body.Mark(transcripts.EightBit) != nil {
				return
			}
		}
		p.Report(p.Part(mail, asked.Text), "SMTPUTF8 was asked for, but addresses and message were all ASCII").
			Note(p.Did(i), "nothing here needs it").
			Helpf("ask for SMTPUTF8 only for messages that need it: they cannot go on to servers without it")
	},
	Doc: `
A message that was sent with SMTPUTF8 can only be passed on to servers that
offer it. Asking for it where addresses and message are ASCII makes the message
fail at the next server for nothing.

# What to do

Ask for SMTPUTF8 only where an address or a header field has letters beyond
ASCII.

# When it stays silent

Where the recording does not show all of the message as it was sent. Asking for
it is allowed. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> SMTPUTF8
		# want
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=8BITMIME SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: Grüße
		C:
		C: .
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a@example.com> SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<zoë@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# Content is not shown.
		# proves: Unbroken Order Octets
		# excerpt
		C: MAIL FROM:<a@example.com> SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
