package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var emptyMessage = &lint.Rule{
	ID:       "empty-message",
	Title:    "An empty message was sent",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.4"), lint.RFC(2920, "3.1")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Body.Lines > 0 || e.Body.End != transcripts.Dot || e.Before.Accepted == 0 {
			return
		}
		p.Report(p.Period(i), "the message is empty: not even a header section was sent").
			Helpf("send at least Date and From; to give up, send RSET instead of DATA")
	},
	Doc: `
The first line after 354 was the period that ends the message. A message has a
header section, with at least the fields Date and From; what the server delivers
here is a blank sheet. Usually a client has lost its message.

# What to do

Check that there is a message before DATA is sent, and send RSET or QUIT where
there is none.

# When it stays silent

Where all recipients were refused and the server said 354 all the same: then a
period alone is what RFC 2920 asks for. Where the recording leaves content out,
or the server counted more octets than are shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: .
		# want
		S: 250 2.0.0 Queued
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
		C: .
		S: 250 2.0.0 Queued, 5120 bytes
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
