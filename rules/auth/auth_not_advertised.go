package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var authNotAdvertised = &lint.Rule{
	ID:       "auth-not-advertised",
	Title:    "AUTH was sent although the server did not offer it",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "3"), lint.RFC(4954, "4"), lint.RFC(5321, "2.2")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		before := &e.Before
		_, offered := sasl.Offered(before.Offers)
		tls := before.Offers.Has("STARTTLS")
		if before.Stale("AUTH") {
			return // stale-capabilities says so
		}
		if offered || before.Authenticated || tls && exposed(p, i) > 0 && !p.Local() {
			return // plaintext-auth-in-clear has the same cause, and is graver
		}
		const help = "send EHLO, STARTTLS where it is offered, EHLO again, and then AUTH if it is listed"
		switch {
		case before.Hello == transcripts.HELO:
			p.Report(p.Command(i), "AUTH was sent after HELO, in reply to which a server offers nothing").Helpf(help)
		case before.Offers.Known() && tls:
			p.Report(p.Command(i), "AUTH was sent, but the server had not offered it; it may after STARTTLS").Helpf(help)
		case before.Offers.Known():
			p.Report(p.Command(i), "AUTH was sent, but the server had not offered it").Helpf(help)
		case p.Proves.Has(transcripts.Opening) && before.Hello == transcripts.NoVerb && before.Secure != transcripts.Yes && e.Reply.Recorded():
			p.Report(p.Command(i), "AUTH was sent before EHLO, so nothing had been offered yet").Helpf(help)
		}
	},
	Doc: `
A client learns from the reply to EHLO whether and how it can authenticate. Many
servers list AUTH only inside TLS. AUTH that is not in the list is refused, and
the client has shown its credentials for nothing.

# What to do

Send EHLO, then STARTTLS where it is offered, then EHLO again. Send AUTH only
where the last reply lists it.

# When it stays silent

The old form "AUTH=LOGIN" counts as an offer. Where the recording does not show
the reply to EHLO, or begins later, and where the client is authenticated
already. A readable password that went out in clear text although STARTTLS was
offered is a finding of its own, plaintext-auth-in-clear.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: AUTH CRAM-MD5
		# want
		S: 503 5.5.1 Authentication not enabled
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE
		C: AUTH PLAIN ****
		# want
		S: 503 5.5.1 Authentication not enabled
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: HELO client.example.com
		S: 250 mx.example.org
		C: AUTH PLAIN ****
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: AUTH PLAIN ****
		# want
		S: 503 5.5.1 Send EHLO first
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# The form from before RFC 2554.
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH=PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# The recording begins later.
		# excerpt
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
	},
}
