package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var postmasterRejected = &lint.Rule{
	ID:       "postmaster-rejected",
	Title:    "Mail for postmaster was refused",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.1"), lint.RFC(5321, "4.1.1.3"), lint.RFC(5321, "2.3.5")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if to := e.Command.Args; len(to) > 4 && to[3] == '<' && 'a' <= to[4]|0x20 && to[4]|0x20 <= 'z' && to[4]|0x20 != 'p' {
			return // by far the most
		}
		m := e.Command.Path().Mailbox
		if !strings.EqualFold(m.Local, "postmaster") || m.Host.Text != "" && !serves(p, i, m.Host.Text) {
			return
		}
		switch e.Reply.Code {
		case 550, 551, 553, 556:
		default:
			return
		}
		if forPolicy(&e.Reply) || tooMany(&e.Reply) || p.Unwelcome() {
			return
		}
		p.Report(p.Reply(i), "mail for %q was refused with %03d; every server must take it", m.Text, e.Reply.Code).
			Note(p.Part(i, m.Text), "refused").
			Helpf("accept mail for postmaster in any case, with every domain of the server's and without a domain")
	},
	Doc: `
Every domain that takes mail must take mail for postmaster, so that people have
somebody to write to when mail goes wrong. The name is not case-sensitive, and
may stand without a domain.

# What to do

Deliver postmaster to somebody who reads it.

# When it stays silent

On 4yz; where the client's address is blocked, the sender or the name in EHLO is
refused, or a login or TLS is missing;
where the domain is not known to be one of the server's; and where the server
takes no mail at all.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<Postmaster>
		S: 550 5.1.1 No such user
		# want
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<postmaster@Example.ORG>
		S: 550 5.1.1 No such user
		# want
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@nowhere.example>
		S: 250 2.1.0 Ok
		C: RCPT TO:<postmaster>
		S: 550 5.1.8 <a@nowhere.example>: Sender address rejected: Domain not found
		C: RCPT TO:<Postmaster>
		S: 550-Verification failed for <a@nowhere.example>
		S: 550 Sender verify failed
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<Postmaster>
		S: 250 2.1.5 Ok
		C: RCPT TO:<postmaster@example.net>
		S: 550 5.1.1 No such user
		C: RCPT TO:<POSTMASTER>
		S: 450 4.2.0 Greylisted
		C: RCPT TO:<postmaster>
		S: 550 5.7.1 Your address is on a list
		C: RCPT TO:<PostMaster>
		S: 530 5.7.0 Must issue a STARTTLS command first
		`),
	},
}

// serves reports whether the server accepts recipients with that domain.
func serves(p *lint.Pass, i int, domain string) bool {
	for j := max(0, i-lint.LookBack); j < min(len(p.Exchanges), i+lint.LookBack); j++ {
		e := &p.Exchanges[j]
		if e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.RCPT && e.Reply.Code.OK() &&
			strings.EqualFold(e.Command.Path().Mailbox.Host.Text, domain) {
			return true
		}
	}
	return false
}
