package auth

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var authMechanismNotOffered = &lint.Rule{
	ID:       "auth-mechanism-not-offered",
	Title:    "AUTH named a mechanism that the server did not offer",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		name := sasl.Named(&e.Command)
		offered, _ := sasl.Offered(e.Before.Offers)
		if len(offered) == 0 || !e.Before.Offers.Known() || !sasl.ValidName(name) || e.Before.Authenticated {
			return
		}
		hidden := slices.ContainsFunc(offered, func(n string) bool { return !sasl.ValidName(n) })
		if hidden || slices.Contains(offered, name) {
			return
		}
		p.Report(p.Part(i, e.Command.Args[:len(name)]), "the mechanism %s was not offered; the server listed %s", name, strings.Join(offered, ", ")).
			Helpf("choose the strongest mechanism that both sides know")
	},
	Doc: `
The reply to EHLO lists the mechanisms that the server knows. Another one is
refused with 504, and what the client sent with it was for nothing.

# What to do

Choose from the list: SCRAM or OAUTHBEARER before PLAIN, and PLAIN only inside
TLS.

# When it stays silent

Where the name of the mechanism is hidden, and where the server offers no AUTH
at all. The names count in any case, and those listed behind "AUTH=" too.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH SCRAM-SHA-256 PLAIN
		C: AUTH CRAM-MD5
		# want
		S: 504 5.5.4 Unrecognized authentication type
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH SCRAM-SHA-256 PLAIN
		C: AUTH plain ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-AUTH=LOGIN
		S: 250 AUTH PLAIN
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: ****
		S: 334 UGFzc3dvcmQ6
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH SCRAM-SHA-256 PLAIN
		C: AUTH ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH SCRAM-SHA-256 PLAIN
		C: AUTH Lyogc2VjcmV0ICov
		S: 235 2.7.0 Welcome
		`),
	},
}
