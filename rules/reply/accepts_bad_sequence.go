package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var acceptsBadSequence = &lint.Rule{
	ID:       "accepts-bad-sequence",
	Title:    "The server accepted a command out of order",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.4"), lint.RFC(5321, "3.3"), lint.RFC(4954, "4"), lint.RFC(3030, "2")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Got:      []transcripts.Class{transcripts.Success, transcripts.Intermediate},
	Odd:      lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		why := misplaced(p, i)
		if why == "" {
			return
		}
		e := &p.Exchanges[i]
		from := max(p.Reset(i), i-lint.LookBack)
		for j := i - 1; j > from; j-- {
			f := &p.Exchanges[j]
			if f.Kind == transcripts.Ordered && f.Command.Verb == e.Command.Verb && f.Reply.Code == e.Reply.Code && misplaced(p, j) == why {
				return // said already
			}
		}
		p.Report(p.Reply(i), "the server accepted %v with %03d although %s", e.Command.Verb, e.Reply.Code, why).
			Note(p.Command(i), "this was accepted").
			Helpf("answer 503 and change nothing")
	},
	Doc: `
The command came at a time when a server must refuse it: MAIL before EHLO, RCPT
before MAIL, a second MAIL, DATA without recipients, AUTH twice or in the middle
of a transaction. A server that says yes has a state of its own that the client
cannot know, and hides the client's fault.

# What to do

Answer 503.

# When it stays silent

Where DATA was accepted although all recipients had been refused: that is
allowed, and the client then sends an empty message. On MAIL after a message was
refused. Where the recording does not show how the session began, or what was
answered before.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		# want
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
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
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		`),
	},
}
