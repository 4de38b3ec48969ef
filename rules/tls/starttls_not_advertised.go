package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var starttlsNotAdvertised = &lint.Rule{
	ID:       "starttls-not-advertised",
	Title:    "STARTTLS was sent although the server did not offer it",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4"), lint.RFC(5321, "2.2"), lint.RFC(5321, "4.1.1.1")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		before := &e.Before
		const help = "send EHLO, and STARTTLS only where its reply lists it; where TLS is required, stop instead"
		switch {
		case before.Secure == transcripts.Yes:
			// starttls-inside-tls says what is wrong.
		case before.Hello == transcripts.HELO:
			p.Report(p.Command(i), "STARTTLS was sent after HELO, in reply to which a server offers nothing").Helpf(help)
		case before.Offers.Lacks("STARTTLS") && before.Offers.Lacks("X-ANONYMOUSTLS"):
			d := p.Report(p.Command(i), "STARTTLS was sent, but the server had not offered it").Helpf(help)
			if word := masked(before.Offers); word != "" {
				d.Message += "; the keyword " + word + " looks like STARTTLS masked on the way"
			}
		case before.Hello == transcripts.NoVerb && p.Proves.Has(transcripts.Opening) && e.Reply.Recorded():
			p.Report(p.Command(i), "STARTTLS was sent before EHLO, so nothing had been offered yet").Helpf(help)
		}
	},
	Doc: `
A client learns from the reply to EHLO what a server can do. STARTTLS that is
not in the list will be refused, or worse: a device in between has taken it out
and now sees that the client insists.

# What to do

Send EHLO and look for STARTTLS in its reply. Where it is missing and TLS is
required, close the connection and say so.

# When it stays silent

Where the recording does not show the reply to EHLO, or begins later.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 1000000
		C: STARTTLS
		# want
		S: 502 5.5.1 Not implemented
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: STARTTLS
		# want
		S: 503 5.5.1 Send EHLO first
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: HELO client.example.com
		S: 250 mx.example.org
		C: STARTTLS
		# want
		S: 220 2.0.0 Ready
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 starttls
		C: STARTTLS
		S: 220 2.0.0 Ready
		`),
		lint.Good(`
		# Exchange servers among themselves.
		S: 220 mx.example.org ESMTP
		C: EHLO mx2.example.org
		S: 250-mx.example.org
		S: 250 X-ANONYMOUSTLS
		C: X-ANONYMOUSTLS
		S: 220 2.0.0 SMTP server ready
		C: EHLO mx2.example.org
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The recording begins later.
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		`),
	},
}
