package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var starttlsInTransaction = &lint.Rule{
	ID:       "starttls-in-transaction",
	Title:    "STARTTLS was sent in a mail transaction, which is lost with it",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Mail == 0 || e.Before.Secure == transcripts.Yes {
			return
		}
		d := p.Report(p.Command(i), "STARTTLS was sent while a mail transaction was open, which a handshake throws away").
			Helpf("start TLS before MAIL")
		if e.Reply.Code != 220 || startsOver(p, i) {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
With TLS both sides start anew, so that sender and recipients that were given
before are gone.

# What to do

Start TLS right after the first EHLO, before MAIL.

# When it stays silent

Outside of transactions. Where the server refused STARTTLS, or the client began
again with MAIL after the handshake, nothing was lost, and the finding is an
info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: STARTTLS
		# want
		S: 220 2.0.0 Ready
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# The transaction was over.
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: STARTTLS
		S: 220 2.0.0 Ready
		`),
	},
}

// startsOver reports whether a new MAIL is the next that the client had to say
// about mail after the handshake of exchange i.
func startsOver(p *lint.Pass, i int) bool {
	for j := i + 1; j < len(p.Exchanges); j++ {
		if e := &p.Exchanges[j]; e.Kind == transcripts.Ordered {
			switch e.Command.Verb {
			case transcripts.MAIL:
				return true
			case transcripts.RCPT, transcripts.DATA, transcripts.BDAT, transcripts.STARTTLS:
				return false
			}
		}
	}
	return false
}
