package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var lmtpAcceptsSMTPHello = &lint.Rule{
	ID:       "lmtp-accepts-smtp-hello",
	Title:    "An LMTP server accepted EHLO or HELO",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(2033, "4.1")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.HELO},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		lhlo := -1
		for j := range min(len(p.Exchanges), lint.LookBack) {
			if e := &p.Exchanges[j]; e.Command.Verb == transcripts.LHLO && e.Reply.Code.OK() {
				lhlo = j
				break
			}
		}
		if !p.LMTP && lhlo < 0 {
			return
		}
		d := p.Report(p.Reply(i), "an LMTP server accepted %v; neither end can notice any more that they speak different protocols",
			p.Exchanges[i].Command.Verb)
		if !p.LMTP {
			d.AtMost(lint.Warning).Note(p.Command(lhlo), "it took LHLO as well")
		}
		d.Helpf("answer EHLO and HELO with 500 on LMTP")
	},
	Doc: `
In LMTP the end of a message draws one reply for each recipient, in SMTP one for
all. A server that takes EHLO on its LMTP port leaves a client waiting for
replies, or with replies that it did not expect.

# What to do

Refuse EHLO and HELO with 500 where LMTP is spoken.

# When it stays silent

Where nothing says that the server's protocol is LMTP. Where it took LHLO in the
same session but is not stated to be an LMTP server, it may speak both on one
port: then the finding is a warning.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: EHLO client.example.com
		S: 250 store.example.org
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org
		C: EHLO client.example.com
		S: 250 mx.example.org
		# want
		C: LHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
