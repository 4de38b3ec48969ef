package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var limitsExceeded = &lint.Rule{
	ID:       "limits-exceeded",
	Title:    "More was sent than the server's limits allow",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(9422, "3.3"), lint.RFC(9422, "4")},
	On:       []transcripts.Verb{transcripts.MAIL, transcripts.RCPT},
	Session: func(p *lint.Pass) {
		var c counts
		var offers *transcripts.Offers
		var limits bool
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered || e.Before.Offers == nil {
				continue
			}
			if e.Before.Offers != offers {
				offers = e.Before.Offers
				limits = offers.Has("LIMITS")
				if limits {
					c.heed(offers)
				}
			}
			if limits {
				c.count(p, i)
			}
		}
	},
	Doc: `
With LIMITS a server says beforehand how many transactions a session may have
(MAILMAX), how many recipients a transaction (RCPTMAX), and how many domains all
recipients of a session may be in (RCPTDOMAINMAX). What goes beyond is refused.

# What to do

Split the work: open another connection, or begin another transaction.

# When it stays silent

Where the last reply to EHLO has no LIMITS: what an earlier one said is void.
Refused recipients count, as the server counts them. Each limit is shown once
for a session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 LIMITS RCPTMAX=1 MAILMAX=1 RCPTDOMAINMAX=1
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: RCPT TO:<c@EXAMPLE.org>
		# want
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<d@example.net>
		# want
		S: 452 4.5.3 Too many recipients
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		# want
		S: 452 4.5.3 Too many transactions
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 LIMITS RCPTMAX=1
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# The last reply to EHLO counts.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 LIMITS RCPTMAX=1
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		`),
	},
}

// counts is what LIMITS bounds, and the bounds; 0 is none (RFC 9422 §4).
type counts struct {
	mails, rcpts                     uint64
	mailMax, rcptMax, rcptDomainMax  uint64
	domains                          map[string]bool
	saidMails, saidRcpts, saidDomain bool
}

func (c *counts) heed(o *transcripts.Offers) {
	c.mailMax, c.rcptMax, c.rcptDomainMax = esmtp.Limit(o, "MAILMAX"), esmtp.Limit(o, "RCPTMAX"), esmtp.Limit(o, "RCPTDOMAINMAX")
}

func (c *counts) count(p *lint.Pass, i int) {
	e := &p.Exchanges[i]
	switch e.Command.Verb {
	case transcripts.MAIL:
		c.mails++
		c.rcpts = 0
		c.exceeds(p, i, "MAILMAX", "transactions in this session", c.mails, c.mailMax, &c.saidMails)
	case transcripts.RCPT:
		c.rcpts++
		c.exceeds(p, i, "RCPTMAX", "recipients in this transaction", c.rcpts, c.rcptMax, &c.saidRcpts)
		if c.rcptDomainMax == 0 || c.saidDomain {
			return
		}
		path := e.Command.Path()
		if path.Mailbox.Host.Text == "" || path.Mailbox.Host.Hidden() {
			return
		}
		if c.domains == nil {
			c.domains = map[string]bool{}
		}
		c.domains[strings.ToLower(path.Mailbox.Host.Text)] = true
		c.exceeds(p, i, "RCPTDOMAINMAX", "domains of recipients in this session", uint64(len(c.domains)), c.rcptDomainMax, &c.saidDomain)
	}
}

func (c *counts) exceeds(p *lint.Pass, i int, name, what string, n, most uint64, said *bool) {
	if most == 0 || n <= most || *said {
		return
	}
	*said = true
	refused(p, i, p.Report(p.Command(i), "this makes %d %s, but the server allows %d (%s)", n, what, most, name).
		Note(offer(p.Exchanges[i].Before.Offers, "LIMITS"), "the limits").
		Helpf("split the work among transactions or connections"))
}
