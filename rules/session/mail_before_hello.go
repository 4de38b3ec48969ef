package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var mailBeforeHello = &lint.Rule{
	ID:       "mail-before-hello",
	Title:    "MAIL was sent before a successful EHLO or HELO",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Opening | transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.1"), lint.RFC(5321, "4.1.4"), lint.RFC(3207, "4.2")},
	On:       []transcripts.Verb{transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML},
	Odd:      lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Hello != transcripts.NoVerb {
			return
		}
		refused := -1
		after := ""
		for j := i - 1; j >= 0; j-- {
			f := &p.Exchanges[j]
			if f.Kind != transcripts.Ordered {
				continue
			}
			switch v := f.Command.Verb; {
			case v.Hello() && !f.Reply.Recorded():
				return // it may have succeeded
			case v.Hello() && refused < 0:
				refused = j
			case v == transcripts.MAIL && f.Before.Hello == transcripts.NoVerb:
				return // said already
			case v == transcripts.STARTTLS && f.Reply.Code == 220:
				if refused < 0 {
					return // no-ehlo-after-tls says so
				}
				after, j = " since the TLS handshake", 0
			case v == transcripts.XCLIENT && f.Reply.Code == 220:
				after, j = " since XCLIENT", 0
			}
		}
		d := p.Report(p.Command(i), "%v was sent before any EHLO or HELO had succeeded%s", e.Command.Verb, after)
		if refused >= 0 {
			d.Note(p.Reply(refused), "%v was refused here", p.Exchanges[refused].Command.Verb)
		}
		d.Helpf("send EHLO first (HELO where it is refused), and again after STARTTLS; send MAIL once it was answered 250")
	},
	Doc: `
A client opens the session with EHLO, or HELO where the server knows nothing
newer, before its first mail transaction. After STARTTLS both sides forget all
they knew, so EHLO is due again. Servers answer 503 to a MAIL that comes too
early, and those that let it pass cannot know what the client understands.

# What to do

Send EHLO right after the greeting and after every TLS handshake. When it is
refused with 500 or 502, send HELO.

# When it stays silent

Where the recording does not begin with the greeting, or leaves commands out.
VRFY, EXPN, HELP, NOOP, RSET and QUIT are allowed before EHLO.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: MAIL FROM:<a@example.com>
		# want
		S: 503 5.5.1 Send EHLO first
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 451 4.3.0 Try later
		C: MAIL FROM:<a@example.com>
		# want
		S: 503 5.5.1 Send EHLO first
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 502 5.5.1 What is that?
		C: HELO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: NOOP
		S: 250 2.0.0 Ok
		C: VRFY postmaster
		S: 252 2.1.5 Send some mail, it will be tried
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
