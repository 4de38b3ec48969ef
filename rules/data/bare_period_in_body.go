package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var barePeriodInBody = &lint.Rule{
	ID:       "bare-period-in-body",
	Title:    "A period on a line of its own ended the message early",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.2"), lint.RFC(5321, "4.1.1.4")},
	In:       []transcripts.Kind{transcripts.Content, transcripts.Strayed}, // without content there is nothing to judge
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		stray := &p.Exchanges[i]
		if stray.Kind != transcripts.Strayed || i == 0 || p.Exchanges[i-1].Kind != transcripts.Content || p.Exchanges[i-1].Body.End != transcripts.Dot {
			return
		}
		if stray.Body.Lines == 1 && stray.Body.First == "" {
			return // a line end too many: empty-command-line
		}
		lines, what := stray.Body.Lines, "line that followed was"
		if lines > 1 {
			what = "lines that followed were"
		}
		d := p.Report(p.Period(i-1), "the period ended the message early; the %d %s read as SMTP commands", lines, what).
			Labelf("the message ends here").
			Note(p.BodyStart(i), "this was taken for a command").
			Helpf("double a period at the start of a line (send \"..\"), or let the mail library do it")
		if stray.Reply.Recorded() {
			d.Note(p.Reply(i), "the server did not understand it")
			if lines == 1 {
				d.Sure(lint.Likely)
			}
		} else if !p.Proves.Has(transcripts.Stuffing) {
			d.Sure(lint.Likely)
		}
	},
	Doc: `
Message content ends at the first line that holds only a period. A period that
belongs to the text must therefore be sent doubled, and the server takes the
first one off again. Where the client does not do that, the message ends in the
middle; the server answers for that part, and then reads the rest of the text as
commands: one 500 after the other, and a command in the text is obeyed.

The client that sends a whole message and then waits for one reply often notices
nothing: the 500s arrive as answers to its next commands.

# What to do

Put a second period before every line of content that starts with one. Mail
libraries do this; it goes wrong where text is written to the socket by hand, or
where a library takes LF for a line end and the text has CRLF, or the other way
round.

# When it stays silent

Where the server's answers fit a recorder that shows content as it was before
doubling: one reply, after the last period, and the session goes on as if
nothing had happened.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: list
		C:
		C: first part
		C: .
		# want
		C: second part
		C: third part
		S: 250 2.0.0 Queued
		S: 500 5.5.2 Command not recognized
		S: 500 5.5.2 Command not recognized
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: list
		C:
		C: first part
		C: .
		# want
		C: second part
		C: third part
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 500 5.5.2 Command not recognized
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: list
		C:
		C: first part
		C: .
		# want
		S: 250 2.0.0 Queued
		C: second part
		S: 500 5.5.2 Command not recognized
		C: third part
		S: 500 5.5.2 Command not recognized
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: list
		C:
		C: first part
		C: ..
		C: second part
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The recorder shows the message before periods were doubled.
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: list
		C:
		C: first part
		C: .
		C: second part
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: list
		C:
		C: text
		C: .
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		S: 250 2.0.0 Queued
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		`),
	},
}
