package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var sameMessagePerRecipient = &lint.Rule{
	ID:       "same-message-per-recipient",
	Title:    "The same message was sent once for each recipient",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Order | transcripts.Bodies | transcripts.Unbroken,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.4.1")},
	Session: func(p *lint.Pass) {
		type copied struct {
			sender, header string
			lines, octets  int64
		}
		var sent map[copied][]int // by content, where it was sent
		var first []copied
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Content || !e.Body.Complete() || !e.Reply.Code.OK() || e.Before.Adrift || e.Body.Header == "" || batched(e) {
				continue
			}
			m := mailOf(p, i)
			if m < 0 {
				continue
			}
			if sent == nil {
				sent = map[copied][]int{}
			}
			c := copied{p.Exchanges[m].Command.Args, e.Body.Header, e.Body.Lines, e.Body.Octets}
			if sent[c] == nil {
				first = append(first, c)
			}
			sent[c] = append(sent[c], i)
		}
		for _, c := range first {
			at := sent[c]
			if len(at) < 2 || recipientOf(p, at[0]) == recipientOf(p, at[1]) {
				continue
			}
			p.Report(p.BodyStart(at[1]), "the same message was sent %d times to this server", len(at)).
				Sure(lint.Likely).
				Note(p.BodyStart(at[0]), "it had it already").
				Helpf("send it once, with one RCPT for each recipient")
		}
	},
	Doc: `
A message for several recipients at one server should be sent once, with one
RCPT for each of them. Each further copy costs both sides its full size.

# What to do

Group recipients by server and send them in one transaction.

# When it stays silent

Unless it is turned on. Where sender or header section differ, as with return
paths for each recipient, personal greetings and signatures made for each. Where
the server limits the recipients of a message, or the recipient is the same.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Message-ID: <1@example.com>
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Message-ID: <1@example.com>
		# want likely
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a+b@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Message-ID: <1@example.com>
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a+c@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Message-ID: <1@example.com>
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a+c@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<d@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Message-ID: <2@example.com>
		C:
		C: Dear D
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 LIMITS RCPTMAX=1
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Message-ID: <1@example.com>
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Message-ID: <1@example.com>
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// batched reports whether the server limits how many recipients a message may
// have: it says so, or it refused some of this one.
func batched(e *transcripts.Exchange) bool {
	return e.Before.Refused > 0 || e.Before.Offers.Has("LIMITS")
}

// recipientOf returns the recipients of the transaction of exchange i, as the
// argument of the last RCPT before it.
func recipientOf(p *lint.Pass, i int) string {
	for j := i - 1; j >= 0; j-- {
		if e := &p.Exchanges[j]; e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.RCPT {
			return e.Command.Args
		}
	}
	return ""
}
