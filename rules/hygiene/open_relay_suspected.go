package hygiene

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var openRelaySuspected = &lint.Rule{
	ID:       "open-relay-suspected",
	Title:    "The server took mail from a stranger for another stranger",
	Area:     lint.Hygiene,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "7.9"), lint.RFC(6409, "9")},
	On:       []transcripts.Verb{transcripts.DATA, transcripts.BDAT},
	Got:      []transcripts.Class{transcripts.Success, transcripts.Intermediate},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		mail := p.Mail(i)
		if p.Found() > 0 || e.Before.Authenticated || mail < 0 {
			return
		}
		domains := own(p)
		a := peer(p)
		if len(domains) == 0 || !a.IsValid() || a.IsPrivate() || !a.IsGlobalUnicast() || !strange(&p.Exchanges[mail], domains) {
			return
		}
		for j := mail + 1; j < i; j++ {
			rcpt := &p.Exchanges[j]
			if rcpt.Kind == transcripts.Ordered && rcpt.Command.Verb == transcripts.RCPT && rcpt.Reply.Code.OK() && strange(rcpt, domains) {
				p.Report(p.Reply(j), "the server relays mail from %v, which has not logged in, to a domain that is not its own", a).
					Note(p.Command(mail), "the sender is not its own either").
					Helpf("relay only for clients that have logged in, or that are on your own network")
				return
			}
		}
	},
	Doc: `
A server that passes on mail of anybody to anybody is used for spam within
hours, and is on all blocklists soon after.

# What to do

Accept recipients in other domains only from clients that have logged in or that
belong to your network.

# When it stays silent

Where the recording does not state which domains are the server's own, as "#
local-domains: example.org" does in the plain notation, and where the client's
address is not on record or is a private one. A server that lets some addresses
relay by agreement looks the same, so the rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# client: 203.0.113.9
		# local-domains: example.org
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<x@example.net>
		S: 250 2.1.5 Ok
		# want
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# client: 203.0.113.9
		# local-domains: example.org
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<x@example.net>
		S: 550 5.7.1 Relaying denied
		C: RCPT TO:<x@list.example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# Nobody knows what is local here.
		# client: 203.0.113.9
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<x@example.net>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}

// strange reports whether the domain of an address is none of some domains, nor
// below one.
func strange(e *transcripts.Exchange, domains []string) bool {
	path := e.Command.Path()
	host := strings.ToLower(path.Mailbox.Host.Text)
	return host != "" && !path.Mailbox.Hidden() && !slices.ContainsFunc(domains, func(d string) bool {
		return host == d || strings.HasSuffix(host, "."+d)
	})
}
