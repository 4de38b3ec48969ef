package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var lhloOnSMTP = &lint.Rule{
	ID:       "lhlo-on-smtp",
	Title:    "LHLO was sent to an SMTP server",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(2033, "4.1"), lint.RFC(2033, "5")},
	On:       []transcripts.Verb{transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		switch p.Exchanges[i].Reply.Code {
		case 500, 502, 503, 504:
		default:
			return
		}
		if p.SpeaksLMTP() || p.Unwelcome() {
			return
		}
		p.Report(p.Command(i), "LHLO was sent to an SMTP server, which knows only EHLO and HELO").
			Note(p.Reply(i), "refused here").
			Helpf("send EHLO, or connect to the port or socket for LMTP")
	},
	Doc: `
LHLO is the greeting of LMTP. An SMTP server does not know it.

# What to do

Use EHLO, or the address of the LMTP server.

# When it stays silent

Where the server accepted LHLO: then it speaks LMTP. Where it says that it does,
and refused LHLO for another reason.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: LHLO client.example.com
		# want
		S: 500 5.5.1 This is not an LMTP server
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 store.example.org
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org
		C: LHLO client.example.com
		S: 503 5.5.1 Not now
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
