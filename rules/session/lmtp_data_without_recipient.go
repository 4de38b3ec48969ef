package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var lmtpDataWithoutRecipient = &lint.Rule{
	ID:       "lmtp-data-without-recipient",
	Title:    "LMTP: DATA without an accepted recipient was not answered 503",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2033, "4.2")},
	On:       []transcripts.Verb{transcripts.DATA},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		lmtp := p.LMTP || e.Before.Hello == transcripts.LHLO
		if !lmtp || e.Before.Accepted > 0 || !e.Reply.Recorded() || e.Reply.Code == 503 || e.Reply.Code == 421 {
			return
		}
		from := p.Reset(i)
		if _, n := p.Since(from, i, transcripts.RCPT); from < 0 || n != int(e.Before.Refused) {
			return
		}
		d := p.Report(p.Reply(i), "LMTP: DATA was answered %03d although no recipient had been accepted; 503 is required", e.Reply.Code).
			Helpf("answer DATA with 503 where no RCPT succeeded")
		if e.Reply.Code != 354 {
			d.AtMost(lint.Warning)
		}
	},
	Doc: `
In LMTP a message draws as many replies as it has recipients. Without any it
would draw none, and the client would never learn what became of it, so the
server must refuse DATA with 503.

# What to do

Answer 503 to DATA as long as no RCPT of the transaction has succeeded.

# When it stays silent

On 421; where the recording does not show how the transaction began; and where a
reply to RCPT is missing. Another refusal than 503 leaves both ends in the same
state: then the finding is a warning.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<nobody@example.org>
		C: DATA
		S: 250 2.1.0 Ok
		S: 550 5.1.1 No such user
		S: 354 Go on
		# want
		C: .
		S: 554 5.5.1 No valid recipients
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<nobody@example.org>
		C: DATA
		S: 250 2.1.0 Ok
		S: 550 5.1.1 No such user
		S: 503 5.5.1 No valid recipients
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		# excerpt
		C: DATA
		S: 354 Go on
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<nobody@example.org>
		C: DATA
		S: 250 2.1.0 Ok
		S: 550 5.1.1 No such user
		S: 421 4.3.2 store.example.org Shutting down
		# server closed the connection
		`),
	},
}
