package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var authCancelReply = &lint.Rule{
	ID:       "auth-cancel-reply",
	Title:    "The end of an AUTH exchange by \"*\" was not answered with 501",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4")},
	In:       []transcripts.Kind{transcripts.Answered},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		code := e.Reply.Code
		if e.Command.Text != "*" || !e.Reply.Recorded() || code == 501 || code == 421 || loggedIn(p.Session, i) {
			return
		}
		d := p.Report(p.Reply(i), "the client gave up the exchange with \"*\", and the server answered %03d", code).
			Note(p.Command(i), "it was cancelled here").
			Helpf("answer 501 5.7.0 to \"*\"")
		if code == 535 {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
A client cancels an AUTH exchange with a "*" alone on a line, for example when
it cannot read the challenge, and the server must answer 501. Another 334 keeps
the client in an exchange that it has left; 535 tells it that its password was
wrong.

# What to do

Server: answer 501 and forget the exchange.

# When it stays silent

421 may come at any time. Where the exchange ends with 235, the client did log
in, and whoever made the recording has put a "*" in place of what it said. 535 is a habit of old servers, and an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: *
		S: 334 UGFzc3dvcmQ6
		# want
		`),
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: *
		S: 535 5.7.8 Failed
		# want
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: *
		S: 334 UGFzc3dvcmQ6
		C: *
		S: 235 2.7.0 OK
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: *
		S: 501 5.7.0 Cancelled
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: *
		S: 421 4.3.2 Shutting down
		`),
	},
}

// loggedIn reports whether the AUTH exchange that exchange i belongs to ends
// with success.
func loggedIn(s *transcripts.Session, i int) bool {
	for ; i < len(s.Exchanges) && s.Exchanges[i].Kind == transcripts.Answered; i++ {
		if s.Exchanges[i].Reply.Code == 235 {
			return true
		}
	}
	return false
}
