package client

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var tooManyRecipientsMishandled = &lint.Rule{
	ID:       "too-many-recipients-mishandled",
	Title:    "\"Too many recipients\" was not taken as the end of one batch",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Unbroken,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.8"), lint.RFC(5321, "4.5.3.1.10")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Hears:    func(e *transcripts.Exchange) bool { return tooMany(&e.Reply) },
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Accepted == 0 || !tooMany(&e.Reply) || i > 0 && tooMany(&p.Exchanges[i-1].Reply) {
			return
		}
		more := 0 // recipients sent after this one was too many
		for j := i + 1; j < min(len(p.Exchanges), i+reach); j++ {
			f := &p.Exchanges[j]
			if f.Kind != transcripts.Ordered || f.Before.Adrift || f.Before.Closing || f.Before.Mail != e.Before.Mail {
				return
			}
			var d *lint.Diagnostic
			switch f.Command.Verb {
			case transcripts.RCPT:
				if !tooMany(&f.Reply) {
					return
				}
				if p.Knew(i, j) {
					more++
				}
				if more <= patience {
					continue
				}
				d = p.Report(p.Command(j), "the server had taken %s and no more, but the client went on with one RCPT after the other", recipients(e.Before.Accepted))
			case transcripts.RSET, transcripts.QUIT:
				if !p.Knew(i, j) || beginsAnew(p, j) || asksOnly(p, i) {
					return
				}
				d = p.Report(p.Command(j), "the server had taken %s, but the client gave up all because one more was too many", recipients(e.Before.Accepted))
			case transcripts.NOOP:
				continue
			default:
				return
			}
			d.Note(p.Reply(i), "from here on it was too many").
				Helpf("send the message to those that were accepted, then begin another transaction with the rest")
			return
		}
	},
	Doc: `
A server takes a limited number of recipients for one message, at least 100, and
answers 452 to those beyond (older ones 552). That refuses one recipient of this
transaction; it says nothing about the others, and nothing about the next
transaction.

# What to do

Send the message to the recipients that were accepted, then begin another
transaction with those that are left.

# When it stays silent

Where the message was sent to those that were accepted: when the rest follows is
up to the client's queue. Where the client began anew with fewer recipients.
Where the refusal has another reason: a policy, or domains that do not go together.
Where recipients were pipelined, so that the client could not know. Where the
server closed the connection.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<u100@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<u101@example.org>
		S: 452 4.5.3 Too many recipients
		C: QUIT
		# want
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<u1@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<u2@example.org>
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<u3@example.org>
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<u4@example.org>
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<u5@example.org>
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<u6@example.org>
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<u7@example.org>
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<u8@example.org>
		# want
		S: 452 4.5.3 Too many recipients
		C: DATA
		S: 354 Go on
		`),
		lint.Good(`
		# A server verifies addresses, and has nothing to send.
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<a@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<b@example.org>
		S: 452 4.5.3 Too many recipients
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<b1@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<b2@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<b3@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<b4@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<b5@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<b6@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<b7@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<u100@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<u101@example.org>
		S: 452 4.5.3 Too many recipients
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		# client: u101@example.org deferred
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<u1@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<u2@example.org>
		S: 452 4.5.3 Too many recipients
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<u1@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<u1@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<u2@example.org>
		S: 550 5.7.1 Policy: too many recipients today
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<u1@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<u2@example.org>
		S: 452 4.5.3 Too many recipients
		S: 421 4.3.0 Closing
		C: QUIT
		`),
	},
}

// patience is how many recipients a client may still send, one by one, before
// it is taken for one that has not understood.
const patience = 5

// tooMany reports whether a reply to RCPT says that the message has enough
// recipients (RFC 5321 §4.5.3.1.10, RFC 3463 §3.6, X.5.3). Some servers say X.5.3
// where recipients of several domains do not go together; others of the same
// may well follow.
func tooMany(r *transcripts.Reply) bool {
	if len(r.Lines) == 0 {
		return false
	}
	text := r.Lines[0].Text
	if len(text) > 4 && text[1:4] == ".7." {
		return false // a policy
	}
	switch r.Code {
	case 451, 452, 550, 552:
		if strings.HasPrefix(text, "4.5.3") || strings.HasPrefix(text, "5.5.3") {
			return !containsAny(strings.ToLower(text), "multiple region", "domain")
		}
		if !strings.Contains(text, "oo many") && !strings.Contains(text, "OO MANY") {
			return false // by far the most
		}
		return containsAny(strings.ToLower(text), "too many recipient", "too many rcpt")
	}
	return false
}

func recipients(n int32) string {
	if n == 1 {
		return "one recipient"
	}
	return fmt.Sprintf("%d recipients", n)
}

// beginsAnew reports whether another transaction follows exchange i.
func beginsAnew(p *lint.Pass, i int) bool {
	next := p.Next(i)
	return next >= 0 && p.Exchanges[next].Command.Verb == transcripts.MAIL
}

// asksOnly reports whether the transaction of exchange i has the null sender:
// servers verify addresses that way, and send no message.
func asksOnly(p *lint.Pass, i int) bool {
	mail := mailOf(p, i)
	if mail < 0 {
		return false
	}
	sender := p.Exchanges[mail].Command.Path()
	return sender.Null()
}
