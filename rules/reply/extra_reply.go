package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var extraReply = &lint.Rule{
	ID:       "extra-reply",
	Title:    "A reply answered no command",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2")},
	Session: func(p *lint.Pass) {
		for _, f := range p.Faults {
			if f.Kind == transcripts.SecondGreeting {
				return // interleaved-sessions
			}
		}
		for _, f := range p.Faults {
			if f.Kind != transcripts.Surplus || explainedElsewhere(p, f.Exchange) {
				continue
			}
			i := f.Exchange
			r := &p.Exchanges[i].Reply
			d := p.Report(p.Reply(i), "reply %03d answered no command; every later reply may be out of step", r.Code)
			d.Helpf("send exactly one reply for each command")
			if before := i - 1; before >= 0 {
				last := &p.Exchanges[before].Reply
				if last.Recorded() && last.Code == r.Code {
					d.Note(p.Last(before), "the command had its answer here").
						Helpf("send one reply for each command; a reply of several lines has a hyphen after the code on all but the last (%03d-...)", r.Code)
				}
			}
		}
	},
	Doc: `
Every command gets exactly one reply, and replies are told apart by their order
alone. One reply too many shifts all that follow: the client takes each for the
answer to its next command. The usual cause is a reply of several lines that
has a space instead of a hyphen after the code of a line that is not the last.

# What to do

Send one reply for each command, and mark all lines of a reply but the last with
a hyphen ("250-SIZE").

# When it stays silent

421 may come at any time. In LMTP the end of a message draws one reply for each
recipient. Where message text was read as commands, the replies to it are no
surplus. Recordings that leave commands out prove nothing here.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: NOOP
		S: 250 2.0.0 Ok
		S: 250 2.0.0 Ok
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		S: 250 SIZE 1000000
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# Each recipient has a reply of its own.
		# excerpt
		C: MAIL FROM:<a@example.com> PRDR
		S: 250 OK, PRDR Requested
		C: RCPT TO:<b@example.org>
		S: 250 Accepted
		C: RCPT TO:<c@example.org>
		S: 250 Accepted
		C: DATA
		S: 354 Enter message, ending with "." on a line by itself
		C: Subject: hi
		C:
		C: .
		S: 353 PRDR content analysis beginning
		S: 250 b is content
		S: 550 c is not
		S: 250 OK id=1rK000-000000001-abcd
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: NOOP
		S: 250 2.0.0 Ok
		S: 421 4.3.2 mx.example.org shutting down
		# server closed the connection
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
		C: .
		S: 250 2.0.0 b has it
		S: 452 4.2.2 c is over quota
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// explainedElsewhere reports whether a more specific rule is about the surplus
// reply in exchange i.
func explainedElsewhere(p *lint.Pass, i int) bool {
	if r := &p.Exchanges[i].Reply; i == len(p.Exchanges)-1 && r.Code.Failed() && p.Ended == transcripts.ServerClosed {
		return true // server-closed-without-421
	}
	before := &p.Exchanges[i-1]
	lmtp := p.LMTP || before.Before.Hello == transcripts.LHLO
	switch {
	case p.Exchanges[i].Reply.Code == 221 && !p.Exchanges[i].Before.Closing:
		return true // 221-without-quit
	case lmtp && (before.Kind == transcripts.Content || before.Body != nil && before.Body.Last):
		return true // lmtp-reply-count
	}
	return false
}
