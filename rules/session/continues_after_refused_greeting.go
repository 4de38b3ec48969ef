package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var continuesAfterRefusedGreeting = &lint.Rule{
	ID:       "continues-after-refused-greeting",
	Title:    "The client went on although the server had refused the connection",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(5321, "3.1"), lint.RFC(7504, "3")},
	In:       []transcripts.Kind{transcripts.Connected},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		next := p.Next(i)
		if next < 0 || p.Exchanges[next].Command.Verb == transcripts.QUIT {
			return
		}
		code := p.Exchanges[i].Reply.Code
		what := "more text"
		if v := p.Exchanges[next].Command.Verb; v > transcripts.Unknown {
			what = v.String()
		}
		d := p.Report(p.Command(next), "the server greeted with %03d, yet the client went on with %s; only QUIT is of use then", code, what).
			Note(p.Reply(i), "the connection was refused here")
		if code.Class() == transcripts.Transient {
			d.Helpf("after a 4yz greeting send QUIT, and try again later or at the next host")
		} else {
			d.Helpf("after a 5yz greeting send QUIT, and try the next host or give the message back")
		}
	},
	Doc: `
A greeting other than 220 says that the server takes no mail from this client:
554 and 521 never, 421 not now. It answers every command but QUIT with a
refusal from then on, and may take what comes for abuse.

# What to do

Look at the greeting. On 4yz send QUIT and try later; on 5yz send QUIT and try
the next host, or tell the sender. After 421 and 521 closing is enough.

# When it stays silent

Where EHLO was under way before the greeting came; that is another fault. A
server's own log does not show what the client had read, so this cannot be
judged from one.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 554 mx.example.org No SMTP service here
		C: EHLO client.example.com
		# want
		S: 503 5.5.1 No service, send QUIT
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 554 mx.example.org No SMTP service here
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 421 mx.example.org Too many connections
		# server closed the connection
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 554 mx.example.org No SMTP service here
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
