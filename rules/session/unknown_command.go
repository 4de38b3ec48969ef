package session

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var unknownCommand = &lint.Rule{
	ID:       "unknown-command",
	Title:    "A command that no specification defines",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.5"), lint.RFC(5321, "2.2.2"), lint.RFC(5321, "4.2.4")},
	On:       []transcripts.Verb{transcripts.NoVerb, transcripts.Unknown},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		word, _, _ := strings.Cut(strings.TrimLeft(e.Command.Text, " \t"), " ")
		switch {
		case word == "" || !printable(e.Command.Text) || strings.HasSuffix(word, ":"): // other faults
		case word == "." && i > 0 && p.Exchanges[i-1].Command.Verb == transcripts.BDAT: // dot-terminator-with-bdat
		case e.Reply.Code == 334 || i > 0 && p.Exchanges[i-1].Reply.Code == 334: // AUTH and its answer, hidden by the recorder
		case strings.IndexByte("<[({*/.#-$%", word[0]) >= 0 && sasl.Replaced(e.Command.Text):
		case private(word) || e.Before.Offers.Has(word) || lint.ForeignProtocol(e.Command.Text) != "":
		default:
			p.Report(p.Part(i, word), "%q is no SMTP command", word).
				Helpf("check the spelling, and that the message before it was really finished%s", lint.DidYouMean(word, common))
		}
	},
	Doc: `
The first word of the line is no command of RFC 5321, nor of an extension, nor
one of the X commands that client and server may agree on. The server answers
500 and changes nothing.

# What to do

Check the spelling. Where many such lines follow each other, a message has ended
too early, and its text is read as commands.

# When it stays silent

On text of a message that is known to have gone astray, on the words of other
protocols such as HTTP, on commands that begin with X, on those that the server
lists in its reply to EHLO, and on what a recorder put in the place of a command.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: HALO client.example.com
		# want
		S: 500 5.5.2 Not recognized
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# Courier has DATA with a reply for each recipient.
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org Ok.
		S: 250 XEXDATA
		C: MAIL FROM:<a@example.com>
		S: 250 Ok.
		C: RCPT TO:<b@example.org>
		S: 250 Ok.
		C: EXDATA
		S: 354 Ok.
		C: Subject: Hi
		C:
		C: Hello
		C: .
		S: 250 Ok.
		C: QUIT
		S: 221 Bye.
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 FETCH
		C: FETCH all
		S: 250 2.0.0 Ok
		C: XSTATUS
		S: 500 5.5.2 Not recognized
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// common are the commands that a misspelt one may have been meant for.
var common = []string{"EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "HELP", "STARTTLS", "AUTH", "BDAT", "LHLO"}

// private reports whether a command is one that client and server may agree on.
func private(word string) bool { return word[0] == 'X' || word[0] == 'x' }

func printable(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\t' || c > '~' {
			return false
		}
	}
	return true
}
