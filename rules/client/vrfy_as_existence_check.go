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
	Session: func(p *lint.Pass) {
		var asked map[string]int // the VRFY or EXPN of each address
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered || e.Before.Adrift {
				continue
			}
			switch e.Command.Verb {
			case transcripts.VRFY, transcripts.EXPN:
				if address, ok := lint.Address(e); ok && address != "" {
					if asked == nil {
						asked = map[string]int{}
					}
					asked[strings.ToLower(address)] = i
				}
			case transcripts.RCPT:
				if len(asked) == 0 {
					continue
				}
				address, _ := lint.Address(e)
				j, met := asked[strings.ToLower(address)]
				if !met {
					continue
				}
				p.Report(p.Command(j), "%v asked for %q, which RCPT named next: it told nothing that RCPT would not have told", p.Exchanges[j].Command.Verb, address).
					Note(p.Command(i), "this asks the same").
					Helpf("leave %v out; the reply to RCPT is the one that counts", p.Exchanges[j].Command.Verb)
				return // once for a session
			}
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
