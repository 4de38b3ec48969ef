package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var noEhloAfterTLS = &lint.Rule{
	ID:       "no-ehlo-after-tls",
	Title:    "After the TLS handshake the client went on without EHLO",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2"), lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Reply.Code != 220 {
			return
		}
		first := -1
		for j := i + 1; j < len(p.Exchanges); j++ {
			e := &p.Exchanges[j]
			if e.Kind != transcripts.Ordered {
				continue
			}
			if e.Before.Adrift || e.Command.Early && j == i+1 || e.Before.Secure != transcripts.Yes {
				return // something else went wrong
			}
			switch v := e.Command.Verb; v {
			case transcripts.EHLO, transcripts.LHLO, transcripts.QUIT, transcripts.STARTTLS, transcripts.RCPT, transcripts.DATA, transcripts.BDAT:
				if first >= 0 {
					report(p, i, first).AtMost(lint.Warning)
				}
				return // as it should be, or what other rules are about
			case transcripts.HELO:
				report(p, i, j).AtMost(lint.Info)
				return
			case transcripts.MAIL, transcripts.AUTH:
				report(p, i, j)
				return
			case transcripts.NoVerb, transcripts.Unknown:
				return
			}
			if first < 0 {
				first = j
			}
		}
		if first >= 0 {
			report(p, i, first).AtMost(lint.Warning)
		}
	},
	Doc: `
With the TLS handshake a session starts anew: server and client forget all they
knew, so that nothing that was said in clear text, perhaps by somebody else, has
a say inside TLS. EHLO is due again, and what the server offers may differ:
many list AUTH only now.

A MAIL or AUTH without it is an error; for other commands EHLO is only advised,
and HELO in its place is an info, because extensions are out of reach then.

# What to do

Send EHLO as the first command after the handshake, and use its reply.

# When it stays silent

QUIT right after the handshake is right: the client may not like the
certificate. On ports with TLS from the beginning EHLO follows the greeting.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: MAIL FROM:<a@example.com>
		# want
		S: 503 5.5.1 Send EHLO first
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: NOOP
		S: 250 2.0.0 Ok
		C: AUTH PLAIN ****
		# want
		S: 503 5.5.1 Send EHLO first
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: NOOP
		# want
		S: 250 2.0.0 Ok
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: HELO client.example.com
		# want
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# TLS from the beginning.
		# port: 465
		# TLS established
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}

// report reports the command of exchange j behind the STARTTLS of exchange i.
func report(p *lint.Pass, i, j int) *lint.Diagnostic {
	return p.Report(p.Command(j), "%v was sent after the TLS handshake without a new EHLO", p.Exchanges[j].Command.Verb).
		Note(p.Command(i), "with TLS the session started anew").
		Helpf("send EHLO as the first command after the handshake, and use only what its reply lists")
}
