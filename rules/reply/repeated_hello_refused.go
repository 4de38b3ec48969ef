package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// hellosEnough is the number of greetings in one session after which a server
// may take the client for a robot.
const hellosEnough = 5

var repeatedHelloRefused = &lint.Rule{
	ID:       "repeated-hello-refused",
	Title:    "A further EHLO or HELO was refused",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.HELO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		verb := e.Command.Verb
		lmtp := e.Before.Hello == transcripts.LHLO
		if e.Reply.Code != 503 || e.Before.Hello == transcripts.NoVerb || lmtp != (verb == transcripts.LHLO) || e.Before.Closing {
			return
		}
		first, n := p.Since(0, i, transcripts.EHLO, transcripts.HELO, transcripts.LHLO)
		if n >= hellosEnough {
			return
		}
		p.Report(p.Reply(i), "a further %v was refused with 503; it is to reset the session, not to fail", verb).
			Note(p.Command(first), "the first greeting").
			Helpf("accept %v at any time outside of a message, and do what RSET does", verb)
	},
	Doc: `
A client may send EHLO again at any time, for example when it takes a connection
over from another part of itself. The server then does what it does on RSET.
OpenSMTPD and others answer 503.

# What to do

Accept it, and forget the open transaction.

# When it stays silent

After five greetings, where the server defends itself; where no greeting has
succeeded yet; and where SMTP and LMTP are mixed up.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EHLO client.example.com
		S: 503 5.5.1 Already identified
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EHLO client.example.com
		S: 503 5.5.1 Enough of that
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 503 5.5.1 Not yet, wait for the second greeting
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
