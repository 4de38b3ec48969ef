package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var authFailureCode = &lint.Rule{
	ID:       "auth-failure-code",
	Title:    "AUTH was refused with a code that does not say why",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(4954, "6")},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Kind == transcripts.Answered && e.Command.Text == "*" {
			return // auth-cancel-reply is about that
		}
		const help = "535 is for wrong credentials, 454 for a fault of the server, 534 for a mechanism that is too weak, 501 for what cannot be decoded"
		text := strings.ToLower(e.Reply.Lines[0].Text)
		switch e.Reply.Code {
		case 454:
			if strings.Contains(text, "base64") || strings.Contains(text, "decode") {
				p.Report(p.Reply(i), "AUTH was answered with 454, try again later, but its text spoke of what the client had sent").
					Sure(lint.Hint).Helpf(help)
			}
		case 535:
			if strings.Contains(text, "internal error") || strings.Contains(text, "server error") || strings.Contains(text, "connection lost") {
				p.Report(p.Reply(i), "AUTH was answered with 535, wrong credentials, but its text spoke of a fault of the server").
					Sure(lint.Hint).Helpf(help)
			}
		case 421, 432, 500, 501, 502, 503, 504, 530, 534, 538, 554: // RFC 4954 §6, and what any command may get
		case 435, 451, 523, 524, 525, 533, 553: // in use, and clients get the point
		default:
			p.Report(p.Reply(i), "AUTH was answered with %03d, which does not say what was wrong", e.Reply.Code).Helpf(help)
		}
	},
	Doc: `
By the code a client decides whether to ask for another password (535), to try
again later (454), to choose another mechanism (504, 534) or to blame itself
(501). With another code it can only guess, and many ask for the password.

# What to do

Choose the code by the cause.

# When it stays silent

On the codes of RFC 4954, on those that every command may get, and on 435, 451,
523, 524, 525, 533 and 553, which servers in wide use send.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN ****
		S: 550 5.7.1 Go away
		# want
		`),
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN ****
		S: 454 4.7.0 Invalid base64 data
		# want hint
		`),
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN ****
		S: 535 5.7.8 Internal error while asking the database
		# want hint
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN ****
		S: 535 5.7.8 Authentication credentials invalid
		C: AUTH PLAIN ****
		S: 454 4.7.0 Temporary authentication failure
		C: AUTH PLAIN ****
		S: 435 Unable to authenticate at present
		`),
	},
}
