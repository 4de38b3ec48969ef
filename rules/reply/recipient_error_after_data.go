package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var recipientErrorAfterData = &lint.Rule{
	ID:       "recipient-error-after-data",
	Title:    "One recipient was refused only after the message",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.1.4")},
	In:       []transcripts.Kind{transcripts.Content},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		r := &e.Reply
		if e.Before.Accepted < 2 || p.LMTP || e.Before.Hello == transcripts.LHLO || r.Code != 550 && r.Code != 551 && r.Code != 553 {
			return
		}
		s := status(r)
		about := s.Subject == 1 && (s.Detail == 1 || s.Detail == 2) || s.Subject == 2 && s.Detail == 1 ||
			s.Class == 0 && lint.Says(r, "user unknown", "unknown user", "no such user", "mailbox") != ""
		if !about || forPolicy(r) {
			return
		}
		p.Report(p.Reply(i), "the message was refused for a recipient although %d had been accepted; the client cannot tell which one failed", e.Before.Accepted).
			Helpf("refuse a recipient at RCPT; or accept the message and send a report to its sender")
	},
	Doc: `
After the message there is one reply for all recipients. A refusal that is about
one of them loses the message for all, and does not say whose address was wrong.

# What to do

Check recipients when RCPT comes.

# When it stays silent

With a single recipient; in LMTP, where each has a reply; and where the message
was refused for what it is, or for policy.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: text
		C: .
		S: 550 5.1.1 No such user
		# want
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: text
		C: .
		S: 550 5.1.1 No such user
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: text
		C: .
		S: 550 5.7.1 The mailbox of c takes no such mail
		`),
		lint.Good(`
		# mode: lmtp
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: text
		C: .
		S: 550 5.1.1 No such user
		S: 250 2.0.0 Delivered
		`),
	},
}
