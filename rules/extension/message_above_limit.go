package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var messageAboveLimit = &lint.Rule{
	ID:       "message-above-limit",
	Title:    "A message was sent that is larger than the server takes",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(1870, "4"), lint.RFC(1870, "6.1")},
	On:       endsByVerb,
	In:       endsByKind,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		limit := esmtp.SizeLimit(e.Before.Offers)
		if limit == 0 || e.Kind == transcripts.Content && uint64(e.Body.Octets) <= limit {
			return // by far the most
		}
		mail := p.Mail(i)
		if mail < 0 {
			return
		}
		sent := measured(p, i, mail)
		if !tooLarge(p, i, sent) {
			return
		}
		if _, octets, ok := declared(p, mail); ok && octets > limit {
			return // size-above-limit
		}
		d := p.Report(p.Did(i), "the message has %d octets, but the server takes %d at most", sent, limit).
			Note(offer(e.Before.Offers, "SIZE"), "the limit").
			Helpf("compare before sending, and tell the sender that the message is too large")
		refused(p, i, d)
	},
	Doc: `
The server has said how large a message it takes, and a larger one was sent. It
is transferred in vain.

# What to do

Compare the size of the message with the number behind SIZE in the reply to
EHLO before it is sent. With SIZE= in MAIL the server can refuse it at once.

# When it stays silent

Where the server gives no number, or 0. Where the recording does not show all
content, or does not keep octets and the difference is small. Where MAIL had
announced the size, which is size-above-limit.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 SIZE 10
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 13
		C= "Subject: hi\r\n"
		S: 250 2.0.0 13 octets
		C: BDAT 7 LAST
		# want
		C= "\r\n"
		C= "hello"
		S: 552 5.3.4 Too large
		`),
		lint.Bad(`
		# proves: Bodies Octets Order Unbroken
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 20
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		# want
		C:
		C: hello
		C: .
		S: 552 5.3.4 Too large
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 SIZE 0
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 20 LAST
		C= "Subject: hi\r\n"
		C= "\r\n"
		C= "hello"
		S: 250 2.0.0 Queued
		`),
	},
}
