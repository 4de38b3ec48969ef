package client

import (
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var immediateRetryAfterTemporary = &lint.Rule{
	ID:       "immediate-retry-after-temporary",
	Title:    "A command was repeated at once after a temporary refusal",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Unbroken,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.4.1")},
	On:       repeatable,
	Got:      []transcripts.Class{transcripts.Transient},
	Odd:      lint.Repeated,
	Exchange: func(p *lint.Pass, i int) {
		r, ok := repeated(p, i)
		if !ok || !r.same || asksToWait(p, r) {
			return
		}
		when := "at once"
		switch wait, timed := r.wait(p); {
		case timed && wait >= time.Minute:
			return
		case timed && wait >= time.Second:
			when = "after " + wait.Round(time.Second).String()
		}
		e := &p.Exchanges[i]
		p.Report(p.Command(r.again), "%v had been deferred with %03d, and was repeated %s", e.Command.Verb, e.Reply.Code, when).
			Note(p.Reply(i), "this asks to try later").
			Helpf("end the session and try again later; half an hour is the usual minimum")
	},
	Doc: `
A reply that begins with 4 asks to try later. The same command a moment later
meets the same state: it will be deferred again, and greylisting servers may
begin to count anew.

# What to do

Keep the message in a queue and try again after a while, at least half an hour
as a rule.

# When it stays silent

After RSET or another message: it may be the next one, and recipients that were
too many belong there. Where a minute or more has passed, after 421, where something changed in between, and
where the commands were pipelined. A retry that is too early for greylisting but
did wait a little is greylist-retry-too-early.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 450 4.7.1 Greylisted
		C: RCPT TO:<b@example.org>
		# want
		S: 450 4.7.1 Greylisted
		`),
		lint.Bad(`
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:00 S: 451 4.3.0 Busy
		10:00:15 C: MAIL FROM:<a@example.com>
		# want
		10:00:15 S: 451 4.3.0 Busy
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 452 4.5.3 Too many recipients
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=8BITMIME
		S: 455 4.5.0 Not now
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 451 4.3.0 Busy
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:00 S: 451 4.3.0 Busy
		10:20:00 C: MAIL FROM:<a@example.com>
		10:20:00 S: 250 2.1.0 Ok
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN LOGIN
		C: AUTH PLAIN ****
		S: 454 4.7.0 Try again
		C: AUTH LOGIN
		S: 454 4.7.0 Try again
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
