package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var emptyCommandLine = &lint.Rule{
	ID:       "empty-command-line",
	Title:    "An empty line was sent where a command was due",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "2.4"), lint.RFC(5321, "4.1.1")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Strayed},
	Odd:      lint.OddCommand,
	Adrift:   true, // the line itself puts both sides out of step
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if i > 0 && p.Exchanges[i-1].Kind == transcripts.Ordered && p.Exchanges[i-1].Command.Verb <= transcripts.Unknown {
			return // one of many lines that are no commands
		}
		var d *lint.Diagnostic
		switch text := e.Command.Text; {
		case e.Kind == transcripts.Strayed:
			if e.Body.Lines > 1 || e.Body.First != "" || i == 0 || p.Exchanges[i-1].Before.Adrift {
				return // more than an empty line
			}
			d = p.Report(p.BodyStart(i), "an empty line was sent behind the message, where a command was due")
		case e.Before.Adrift, e.Command.Verb != transcripts.NoVerb:
			return
		case strings.Trim(text, " \t") == "":
			d = p.Report(p.Command(i), "an empty line was sent where a command was due")
		case text[0] == ' ' || text[0] == '\t':
			word := strings.TrimLeft(text, " \t")
			if !transcripts.LooksLikeCommand(word) {
				return
			}
			d = p.Report(p.Part(i, text[:len(text)-len(word)]), "a command was sent with white space before it")
		default:
			return
		}
		refused(p, i, d)
		if i > 0 && p.Exchanges[i-1].Kind == transcripts.Content {
			d.Helpf("after the period that ends the message send nothing until the next command; look for code that adds a line end of its own")
			return
		}
		d.Helpf("begin every line with a command word, and send no other lines")
	},
	Doc: `
Every line of the client is a command and begins with its word, unless the
server has asked for content. A server answers an empty line with 500, and from
then on a client that does not expect this takes each reply for that of the
command before. The usual cause is a line end too many behind the period.

# What to do

End the message with CRLF, period, CRLF, and send nothing more.

# When it stays silent

In message content, on empty lines in the recording itself, and among other
lines that are no commands: there the fault is another one.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		C:
		# want
		S: 500 5.5.2 Bad syntax
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# excerpt
		C: NOOP
		S: 250 2.0.0 Ok
		C:
		# want
		S: 500 5.5.2 Bad syntax
		`),
		lint.Bad(`
		# excerpt
		C= "  RSET\r\n"
		# want
		S: 500 5.5.2 Bad syntax
		`),
		lint.Good(`
		# excerpt
		C: BDAT 38
		S: 500 5.5.2 What?
		C: X-Text: message
		S: 500 5.5.2 What?
		C:
		S: 500 5.5.2 What?
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on

		C: Subject: hi
		C:
		C: text
		C: .

		S: 250 2.0.0 Queued

		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
