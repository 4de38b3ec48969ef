package auth

import (
	"slices"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var deprecated538 = &lint.Rule{
	ID:       "538-deprecated",
	Title:    "A mechanism was offered in clear text and then refused for that",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "6"), lint.RFC(4954, "4")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if code := e.Reply.Code; code != 538 && code != 524 || e.Before.Secure == transcripts.Yes {
			return
		}
		name := sasl.Named(&e.Command)
		if offered, _ := sasl.Offered(e.Before.Offers); !slices.Contains(offered, name) {
			return
		}
		p.Report(p.Reply(i), "%s was refused with %03d because TLS was not on, though the server had offered it", name, e.Reply.Code).
			Helpf("do not list the mechanism before TLS is on")
	},
	Doc: `
538 tells a client that the mechanism needs encryption. By then it may have sent
the password already. RFC 4954 keeps the code for history only: a server should
not list such a mechanism before TLS.

# What to do

Leave the mechanism out of the reply to EHLO until TLS is on.

# When it stays silent

Where the mechanism had not been offered.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH CRAM-MD5 PLAIN
		C: AUTH PLAIN
		S: 538 5.7.11 Encryption required
		# want
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Ready
		`),
		lint.Good(`
		# The mechanism is not known to be offered.
		# excerpt
		C: AUTH PLAIN
		S: 538 5.7.11 Encryption required
		`),
	},
}
