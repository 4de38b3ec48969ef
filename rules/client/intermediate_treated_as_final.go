package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var intermediateTreatedAsFinal = &lint.Rule{
	ID:       "intermediate-treated-as-final",
	Title:    "334 was taken for the end of a command",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1"), lint.RFC(4954, "4")},
	In:       []transcripts.Kind{transcripts.Answered},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if i == 0 || !transcripts.LooksLikeCommand(e.Command.Text) || p.Exchanges[i-1].Reply.Code != 334 {
			return
		}
		p.Report(p.Command(i), "334 was waiting for a base64 response, but %v was sent; the server reads it as the response", e.Command.Verb).
			Note(p.Reply(i-1), "this asks for the next step of AUTH").
			Helpf("after 334 send the response in base64, or \"*\" to cancel, and wait for the reply")
	},
	Doc: `
A 3yz reply is intermediate: the command is not finished, the server waits for
what it asked for. After 334 that is the next response of the AUTH exchange. A
command sent instead is taken for that response, and nobody obeys it.

# What to do

Answer 334 with the response in base64, an empty line where it is empty, or "*"
to give up; the server then answers 501, and commands are due again.

# When it stays silent

On "*", which cancels. A command after 354 is 354-not-followed-by-data.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: MAIL FROM:<a@example.com>
		# want
		S: 501 5.5.2 Cannot decode
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: *
		S: 501 5.7.0 Cancelled
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}
