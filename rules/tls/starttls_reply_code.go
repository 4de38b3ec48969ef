package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var starttlsReplyCode = &lint.Rule{
	ID:       "starttls-reply-code",
	Title:    "STARTTLS was refused with a code that says nothing about TLS",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		switch e.Reply.Code {
		case 421, 454, 500, 501, 502, 503, 530, 554:
			return
		}
		if e.Command.Args != "" {
			return
		}
		p.Report(p.Reply(i), "STARTTLS was refused with %03d", e.Reply.Code).
			Helpf("answer 220, or 454 where TLS is not available for now, or 502 where it never is")
	},
	Doc: `
The specification has 220, 501 and 454 for STARTTLS. 454 tells the client that
TLS may work later, so that it can try again instead of going on in clear text;
500, 502 and 503 say that the server does not know or want the command.

# What to do

Answer 454 where TLS does not work for the moment.

# When it stays silent

On replies that every command may get, and where STARTTLS had an argument. A
2yz other than 220 is a finding of its own.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 550 5.7.1 TLS broken
		# want
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		`),
	},
}
