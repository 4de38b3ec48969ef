package client

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var vrfyAsExistenceCheck = &lint.Rule{
	ID:       "vrfy-as-existence-check",
	Title:    "An address was looked up with VRFY before RCPT",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.5.1"), lint.RFC(5321, "7.3")},
	On:       []transcripts.Verb{transcripts.VRFY, transcripts.EXPN},
	Exchange: func(p *lint.Pass, i int) {
		if p.Found() > 0 {
			return // once for a session
		}
		c := &p.Exchanges[i].Command
		address := c.Path().Mailbox.Text
		if address == "" {
			return
		}
		for j := i + 1; j < min(len(p.Exchanges), i+reach); j++ {
			f := &p.Exchanges[j]
			if f.Kind == transcripts.Content {
				return
			}
			if f.Command.Verb != transcripts.RCPT || !strings.Contains(f.Command.Args, address) || f.Command.Path().Mailbox.Text != address {
				continue
			}
			p.Report(p.Command(i), "%v asked for %q, which RCPT named next: it told nothing that RCPT would not have told", c.Verb, address).
				Note(p.Command(j), "this asks the same").
				Helpf("leave %v out; the reply to RCPT is the one that counts", c.Verb)
			return
		}
	},
	Doc: `
VRFY and EXPN are there to find out what is wrong with an address, not for
delivery. Servers that do not want to disclose their users answer 252, or know
neither command, so a client learns nothing by them; what counts is the reply to
RCPT, and it comes anyway.

# What to do

Take VRFY out of the path of delivery.

# When it stays silent

Where the address does not become a recipient: that is how people and monitoring
use VRFY, and where it is the reason that mail was not sent,
vrfy-252-treated-as-failure says so. It reports once for a session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: VRFY b@example.org
		# want
		S: 252 2.5.0 It will be tried
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# excerpt
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		C: EXPN staff
		S: 250 2.1.5 <c@example.org>
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		`),
	},
}
