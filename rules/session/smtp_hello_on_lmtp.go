package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var smtpHelloOnLMTP = &lint.Rule{
	ID:       "smtp-hello-on-lmtp",
	Title:    "EHLO or HELO was sent to an LMTP server",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(2033, "4.1")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.HELO},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !p.SpeaksLMTP() || p.Unwelcome() {
			return
		}
		p.Report(p.Command(i), "%v was sent to an LMTP server, which knows only LHLO", e.Command.Verb).
			Note(p.Reply(i), "refused here").
			Helpf("send LHLO, or connect to the port for SMTP")
	},
	Doc: `
LMTP differs from SMTP in what follows the message: there is a reply for each
recipient. So that nobody mixes them up it has a greeting of its own, LHLO, and a
server must refuse the others.

# What to do

Use LHLO, or the host's SMTP port.

# When it stays silent

Where the server accepted EHLO or HELO: then it is the server that is wrong, or
LMTP is only a word in its greeting.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 store.example.org LMTP server ready
		C: EHLO client.example.com
		# want
		S: 500 5.5.1 Use LHLO
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 store.example.org LMTP server ready
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP (LMTP gateway)
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
