package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var code221WithoutQuit = &lint.Rule{
	ID:       "221-without-quit",
	Title:    "The server said goodbye although the client had not",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.8"), lint.RFC(5321, "4.3.2")},
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    lint.Coded(221),
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 221 || e.Before.Closing {
			return
		}
		switch e.Kind {
		case transcripts.Unasked:
			if turned(p, i) {
				return
			}
			p.Report(p.Reply(i), "221 came unasked; it is only a reply to QUIT").
				Helpf("send 421 where the server closes on its own account")
		case transcripts.Ordered, transcripts.Answered, transcripts.Content:
			if e.Command.Verb == transcripts.QUIT || e.Kind == transcripts.Ordered && e.Command.Verb <= transcripts.Unknown {
				return
			}
			p.Report(p.Reply(i), "221 is only a reply to QUIT; %s was answered with it", named(e)).
				Note(p.Did(i), "this was answered").
				Helpf("send 421 where the server closes on its own account")
		}
	},
	Doc: `
221 says: as you wished, I close. Where the client had not sent QUIT it cannot
tell what became of the command, and 2yz counts as success.

# What to do

Send 421 before closing on the server's own account.

# When it stays silent

On lines that are no SMTP command: Postfix says 221 to web browsers and the
like. After ATRN, where the roles of the two are exchanged.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP
		S: 221 2.0.0 Bye
		# want
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		S: 221 2.0.0 Bye
		# want
		`),
		lint.Good(`
		# excerpt
		C: NOOP
		S: 421 4.3.2 mx.example.org Shutting down
		`),
	},
}

// turned reports whether the roles were exchanged before exchange i.
func turned(p *lint.Pass, i int) bool {
	_, n := p.Since(0, i, transcripts.ATRN, transcripts.TURN)
	return n > 0
}
