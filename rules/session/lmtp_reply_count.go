package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var lmtpReplyCount = &lint.Rule{
	ID:       "lmtp-reply-count",
	Title:    "LMTP: the number of replies to the message was not that of its recipients",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2033, "4.2"), lint.RFC(2033, "4.3")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !perRecipient(p, e) || !e.Reply.Recorded() || e.Before.Accepted == 0 {
			return
		}
		want, got := int(e.Before.Accepted), 1+len(e.More)
		at := p.Last(i)
		switch {
		case got < want:
			last := &e.Reply
			if len(e.More) > 0 {
				last = &e.More[len(e.More)-1]
			}
			if last.Code == 421 || !answeredAfter(p, i) {
				return
			}
		case i+1 < len(p.Exchanges) && surplus(&p.Exchanges[i+1]):
			for k := i + 1; k < len(p.Exchanges) && p.Exchanges[k].Kind == transcripts.Unasked; k++ {
				got++
			}
			at = p.Reply(i + 1)
		default:
			return
		}
		replies, recipients := "replies", "recipients"
		if got == 1 {
			replies = "reply"
		}
		if want == 1 {
			recipients = "recipient"
		}
		p.Report(at, "LMTP: %d %s came for a message to %d accepted %s", got, replies, want, recipients).
			Helpf("send one reply for each accepted RCPT, in their order")
	},
	Doc: `
In LMTP the end of a message, or BDAT LAST, draws one reply for each recipient
that was accepted, in their order. With one too few the client waits, or takes
the next reply for a recipient's; with one too many all that follow are out of
step. A message is lost or delivered twice.

# What to do

Answer for every accepted RCPT, also where one address was given twice.

# When it stays silent

Where the recording, or the connection, ended while replies were coming in; where
421 stands in the place of those that are missing; where nobody was accepted and
BDAT LAST draws no reply. A reply of several lines counts once.
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
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Delivered
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Delivered
		S: 250 2.0.0 Delivered
		# want
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
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<nobody@example.org>
		S: 550 5.1.1 No such user
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250-2.0.0 Delivered
		S: 250 2.0.0 to b
		S: 452 4.2.2 b is over quota
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
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Delivered
		C: QUIT
		# connection reset
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Delivered
		S: 421 4.3.2 store.example.org Shutting down
		# server closed the connection
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250-CHUNKING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<nobody@example.org>
		C: BDAT 2 LAST
		C:
		S: 250 2.1.0 Ok
		S: 550 5.1.1 No such user
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// perRecipient reports whether each recipient draws a reply in exchange e.
func perRecipient(p *lint.Pass, e *transcripts.Exchange) bool {
	lmtp := p.LMTP || e.Before.Hello == transcripts.LHLO
	return lmtp && (e.Kind == transcripts.Content || e.Body != nil && e.Body.Last)
}

// answeredAfter reports whether the server answered what came behind exchange i.
func answeredAfter(p *lint.Pass, i int) bool {
	for j := i + 1; j < len(p.Exchanges); j++ {
		if e := &p.Exchanges[j]; e.Reply.Recorded() {
			return e.Reply.Code != 421
		}
	}
	return false
}

// surplus reports whether a reply is one that nothing had asked for.
func surplus(e *transcripts.Exchange) bool {
	return e.Kind == transcripts.Unasked && e.Reply.Code != 421 && !e.Before.Adrift
}
