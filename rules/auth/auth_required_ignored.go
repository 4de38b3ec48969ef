package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var authRequiredIgnored = &lint.Rule{
	ID:       "auth-required-ignored",
	Title:    "A command that had been refused with 530 was repeated as it was",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "6"), lint.RFC(3207, "4")},
	On:       []transcripts.Verb{transcripts.MAIL, transcripts.RCPT},
	Hears:    lint.Coded(530),
	Session: func(p *lint.Pass) {
		refused := map[string]int{} // by command line
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered {
				continue
			}
			switch e.Command.Verb {
			case transcripts.AUTH, transcripts.STARTTLS, transcripts.XCLIENT:
				clear(refused)
			case transcripts.MAIL, transcripts.RCPT:
				if e.Reply.Code != 530 || e.Before.Adrift {
					continue
				}
				before, again := refused[e.Command.Text]
				if again && before >= 0 && !e.Command.Early {
					p.Report(p.Command(i), "%v had been refused with 530 at %s, and was repeated without AUTH or STARTTLS",
						e.Command.Verb, lint.Line(p.Reply(before).Span)).
						Note(p.Reply(before), "this says what was missing").
						Helpf("do what the 530 asks for, AUTH or STARTTLS, and repeat the command then")
					before = said
				} else if !again {
					before = i
				}
				refused[e.Command.Text] = before
			}
		}
	},
	Doc: `
530 says that the server wants AUTH or STARTTLS first. Repeating the command
changes nothing.

# What to do

Do what the text of the 530 asks for. Where the client has no credentials, stop
and say so.

# When it stays silent

Where AUTH or STARTTLS was tried in between, where the other command was sent
before the 530 arrived, and where sender or recipient differ: a server may want
authentication for some of them only.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		C: MAIL FROM:<a@example.com>
		# want
		S: 530 5.7.0 Authentication required
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		C: AUTH PLAIN ****
		S: 535 5.7.8 No
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		S: 530 5.7.0 Authentication required
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 530 5.7.0 Authentication required
		C: RCPT TO:<c@example.net>
		S: 530 5.7.0 Authentication required
		`),
	},
}

// said stands for a repetition that was reported.
const said = -1
