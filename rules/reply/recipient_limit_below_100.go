package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// leastRecipients is how many recipients a server must take in a transaction
// (RFC 5321 §4.5.3.1.8).
const leastRecipients = 100

var recipientLimitBelow100 = &lint.Rule{
	ID:       "recipient-limit-below-100",
	Title:    "The server took fewer than 100 recipients",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.8"), lint.RFC(9422, "3.5"), lint.RFC(9422, "4.2")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Transient},
	Hears:    func(e *transcripts.Exchange) bool { return tooMany(&e.Reply) },
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		limits, _ := e.Before.Offers.Find("LIMITS")
		switch {
		case p.Excerpt, e.Before.Mail == 0, e.Before.Accepted >= leastRecipients, !tooMany(&e.Reply), forPolicy(&e.Reply):
			return
		case strings.Contains(strings.ToUpper(limits), "RCPTMAX="):
			return
		}
		if before := previous(p, i); before >= 0 && tooMany(&p.Exchanges[before].Reply) {
			return
		}
		mail, _ := p.Since(p.Reset(i), i, transcripts.MAIL)
		if mail >= 0 {
			if sender := p.Exchanges[mail].Command.Path(); sender.Null() {
				return
			}
		}
		d := p.Report(p.Reply(i), "the limit of recipients seems to be %d; a server must take at least %d in one transaction", e.Before.Accepted, leastRecipients).
			Helpf("raise the limit to %d, or offer LIMITS RCPTMAX=%d", leastRecipients, max(e.Before.Accepted, 1))
		if e.Before.Authenticated || p.Port == 587 || p.Port == 465 || e.Before.Hello == transcripts.LHLO {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
A server must be able to take 100 recipients in one transaction. With less,
mailing lists need many times the connections, and simple clients give up.

# What to do

Raise the limit; or announce it with the extension LIMITS (RFC 9422), so that
clients know it beforehand.

# When it stays silent

Where LIMITS RCPTMAX is offered; for the null sender, which has one recipient by
rights; where the refusal is a policy (X.7) or about a span of time; where it is
about the domains or regions of recipients, which X.5.3 is sent for as well; and where the recording does not
show how many recipients there were. In LMTP and at submission quotas are usual:
then the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 452 4.5.3 Too many recipients
		# want
		C: RCPT TO:<d@example.org>
		S: 452 4.5.3 Too many recipients
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.net>
		S: 452 4.5.3 Recipients belong to multiple regions
		C: RCPT TO:<d@example.org>
		S: 452 Too many recipients received this hour
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 1 Jan 2024 10:00:00 +0000
		C:
		C: Hi
		C: .
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
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
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 450 4.7.1 Too many recipients from your address in an hour
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
