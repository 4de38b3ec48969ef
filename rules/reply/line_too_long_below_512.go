package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// commandLimit is the length of a command line, with CRLF, that every server
// must take; extensions only raise it (RFC 5321 §4.5.3.1.4).
const commandLimit = 512

var lineTooLongBelow512 = &lint.Rule{
	ID:       "line-too-long-below-512",
	Title:    "A command was refused as too long that was not",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.3.2"), lint.RFC(5321, "4.5.3.1.4")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Got:      []transcripts.Class{transcripts.Permanent},
	Hears:    func(e *transcripts.Exchange) bool { return saysTooLong(&e.Reply) },
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		n := len(e.Command.Text) + len("\r\n")
		if n > commandLimit || e.Command.Verb <= transcripts.Unknown || e.Command.Verb == transcripts.AUTH || shortened(e) {
			return
		}
		if !saysTooLong(&e.Reply) {
			return
		}
		p.Report(p.Reply(i), "a command of %d octets was refused as too long; every server must take %d", n, commandLimit).
			Note(p.Command(i), "this was refused").
			Helpf("take command lines of %d octets, and more for the extensions that are offered", commandLimit)
	},
	Doc: `
A command line may have 512 octets, with CRLF. Extensions that a server offers
raise that for MAIL and RCPT.

# What to do

Make room for lines of 512 octets at least.

# When it stays silent

Where the recorder may have shortened the line, and on AUTH, whose arguments may
be hidden.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a.long.but.perfectly.legal.address@example.com> SIZE=12345
		S: 500 5.5.2 Line too long
		# want
		`),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: MAIL FROM:<a.long...@example.com> SIZE=12345
		S: 500 5.5.2 Line too long
		C: MAIL FROM:<` + strings.Repeat("a", 64) + `@` + strings.Repeat("b", 60) + `.example.com> ` + strings.Repeat("X", 400) + `
		S: 500 5.5.2 Line too long
		`
		}),
	},
}

func saysTooLong(r *transcripts.Reply) bool {
	return lint.Says(r, "line too long", "too long line", "command too long", "command line too long", "line is too long", "line length exceeded") != ""
}

// shortened reports whether the recorder may have cut the line of a command.
func shortened(e *transcripts.Exchange) bool {
	text := e.Command.Text
	m := e.Command.Path().Mailbox
	return strings.Contains(text, "...") || strings.Contains(text, "\u2026") || m.Hidden()
}
