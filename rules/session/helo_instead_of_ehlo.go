package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var heloInsteadOfEhlo = &lint.Rule{
	ID:       "helo-instead-of-ehlo",
	Title:    "The client said HELO without having tried EHLO",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Opening | transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.1"), lint.RFC(5321, "F.3")},
	On:       []transcripts.Verb{transcripts.HELO},
	Exchange: func(p *lint.Pass, i int) {
		if _, hellos := p.Since(0, i, transcripts.EHLO, transcripts.LHLO, transcripts.HELO); hellos > 0 || p.SpeaksLMTP() {
			return
		}
		for j := i + 1; j < len(p.Exchanges) && p.Exchanges[j].Command.Verb != transcripts.MAIL; j++ {
			if p.Exchanges[j].Command.Verb == transcripts.EHLO {
				return // it came in time
			}
		}
		p.Report(p.Command(i), "the client began with HELO; that gives up every extension: TLS, AUTH, SIZE, 8BITMIME, PIPELINING").
			Helpf("send EHLO first, and HELO only where the server does not know EHLO")
	},
	Doc: `
HELO is the greeting of 1982. A server offers nothing in reply to it: no TLS, no
login, no size limit, no 8-bit content. EHLO is understood by practically every
server in use.

# What to do

Begin with EHLO. Fall back to HELO when EHLO is answered 500 or 502.

# When it stays silent

Where EHLO was tried before any mail, whatever the answer, and where the server speaks
LMTP. For devices that know nothing but HELO, turn the rule off.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: HELO client.example.com
		# want
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: HELO client.example.com
		S: 250 mx.example.org
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org SMTP
		C: EHLO client.example.com
		S: 502 5.5.1 EHLO is not known here
		C: HELO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
