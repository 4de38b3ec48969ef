package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var permanentFailureRetried = &lint.Rule{
	ID:       "permanent-failure-retried",
	Title:    "A command was repeated unchanged after a permanent refusal",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Unbroken,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1"), lint.RFC(5321, "4.5.3.1.10")},
	On:       repeatable,
	Got:      []transcripts.Class{transcripts.Permanent},
	Odd:      lint.Repeated,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code == 530 || tooMany(&e.Reply) {
			return // auth-required-ignored is about 530
		}
		if r, ok := repeated(p, i); ok {
			d := p.Report(p.Command(r.again), "%v had been refused for good with %03d, and was sent again unchanged", e.Command.Verb, e.Reply.Code).
				Note(p.Reply(i), "the first refusal")
			if !r.same {
				d.Sure(lint.Likely).AtMost(lint.Info) // it may well be another message
			}
			d.Helpf("do not repeat a command after 5yz; tell the sender, or change what was refused")
		}
	},
	Doc: `
A reply that begins with 5 says that the same command will fail again. Repeating
it wastes time on both sides; many servers count failed recipients and close the
connection, or block the client as one that guesses addresses.

# What to do

Give up the recipient or the message, and tell the sender what the server said.

# When it stays silent

Where something changed in between: a new greeting, TLS, AUTH, other parameters,
another spelling. After 503, where the same command is right once the sequence
is. After "too many recipients", which means: in another transaction. Where the
commands were pipelined. The same sender and recipient after RSET or another
message may belong to a third, so this is an info; other commands do not count
then.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: RCPT TO:<b@example.org>
		# want
		S: 550 5.1.1 No such user
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		# want likely
		S: 550 5.1.1 No such user
		`),
		lint.Good(`
		# The recorder hides addresses, which may differ.
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<[email protected]>
		S: 550 5.1.1 No such user
		C: RCPT TO:<[email protected]>
		S: 550 5.1.1 No such user
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: RCPT TO:<B@example.org>
		S: 250 2.1.5 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<c@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 553 5.1.8 Sender refused
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 553 5.1.8 Sender refused
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		C: RCPT TO:<b@example.org>
		S: 250 2.1.0 Ok
		S: 550 5.1.1 No such user
		S: 550 5.1.1 No such user
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
