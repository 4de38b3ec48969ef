package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dotTerminatorWithBdat = &lint.Rule{
	ID:       "dot-terminator-with-bdat",
	Title:    "A period was sent to end a message in chunks",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "2"), lint.RFC(5321, "4.5.2")},
	On:       []transcripts.Verb{transcripts.NoVerb},
	In:       []transcripts.Kind{transcripts.Strayed},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		if i == 0 || !lonePeriod(&p.Exchanges[i]) {
			return
		}
		before := &p.Exchanges[i-1]
		if before.Command.Verb != transcripts.BDAT || before.Body == nil || before.Body.End != transcripts.Counted || !before.Reply.Code.OK() {
			return
		}
		d := p.Report(p.Command(i), "a period was sent to end the message, but BDAT counts its octets").
			Note(p.Command(i-1), "this many octets were the chunk").
			Helpf("send nothing behind the octets of the last chunk; periods are not doubled either")
		refused(p, i, d)
	},
	Doc: `
The octets of a chunk are counted, and LAST ends the message. A period on a line
of its own is a command to the server, and one that it does not know.

# What to do

With BDAT neither send a closing period nor double the periods at the beginning
of lines.

# When it stays silent

On a period within the octets that were announced, which is text. Whether
periods were doubled in a chunk cannot be seen: a line may well begin with two.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4 LAST
		C= "ab\r\n"
		C: .
		# want
		S: 250 2.0.0 Queued
		S: 500 5.5.2 Not recognized
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4 LAST
		C= "ab\r\n"
		C= ".\r\n"
		# want
		S: 250 2.0.0 Queued
		S: 500 5.5.2 Not recognized
		`),
		lint.Good(`
		# excerpt
		C: BDAT 7 LAST
		C= "ab\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
	},
}

// lonePeriod reports whether the client sent nothing but a period, which was no
// end of content.
func lonePeriod(e *transcripts.Exchange) bool {
	if e.Kind == transcripts.Strayed {
		return e.Body.Lines == 1 && e.Body.First == "."
	}
	return e.Command.Text == "."
}
