package client

import (
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
	Session: func(p *lint.Pass) {
		full, more := -1, 0 // the first RCPT that was too many, and how many followed it
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if full >= 0 && (e.Before.Adrift || e.Before.Closing || e.Before.Mail != p.Exchanges[full].Before.Mail) {
				full = -1
			}
			if e.Kind != transcripts.Ordered || e.Before.Adrift {
				continue
			}
			switch e.Command.Verb {
			case transcripts.RCPT:
				switch {
				case !tooMany(&e.Reply):
					more = 0
				case full < 0 && e.Before.Accepted > 0:
					full, more = i, 0
				case full >= 0 && p.Knew(full, i):
					if more++; more == patience+1 {
						p.Report(p.Command(i), "the server took %d recipients and no more, but the client went on with one RCPT after the other", e.Before.Accepted).
							Note(p.Reply(full), "from here on it was too many").
							Helpf("send the message to those that were accepted, then begin another transaction with the rest")
					}
				}
			case transcripts.RSET, transcripts.QUIT:
				if full >= 0 && p.Knew(full, i) && !beginsAnew(p, i) {
					p.Report(p.Command(i), "the server had taken %d recipients, but the client gave all of them up because one more was too many", e.Before.Accepted).
						Note(p.Reply(full), "only this one is refused").
						Helpf("send the message to those that were accepted, then begin another transaction with the rest")
				}
				full = -1
			case transcripts.DATA, transcripts.BDAT, transcripts.BURL:
				full = -1
			}
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
up to the client's queue. Where the client began anew with fewer recipients. Where the refusal has another reason, like a policy.
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
// recipients (RFC 5321 §4.5.3.1.10, RFC 3463 §3.6, X.5.3).
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
			return true
		}
		low := strings.ToLower(text)
		return strings.Contains(low, "too many recipient") || strings.Contains(low, "too many rcpt")
	}
	return false
}

// beginsAnew reports whether another transaction follows exchange i.
func beginsAnew(p *lint.Pass, i int) bool {
	next := p.Next(i)
	return next >= 0 && p.Exchanges[next].Command.Verb == transcripts.MAIL
}
