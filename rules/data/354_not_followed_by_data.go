package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var notFollowedByData = &lint.Rule{
	ID:       "354-not-followed-by-data",
	Title:    "A command was sent where the server waited for the message",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1"), lint.RFC(5321, "4.1.1.4")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		next := i + 1
		if e.Body.Lines > 0 || e.Body.End != transcripts.EndUnknown || e.Reply.Recorded() || next == len(p.Exchanges) || i == 0 {
			return
		}
		f := &p.Exchanges[next]
		if f.Kind != transcripts.Ordered {
			return
		}
		if _, said := p.TakenForFailure(i-1, "", "354"); said {
			return // 354-treated-as-error says why
		}
		p.Report(p.Command(next), "the server was waiting for the message, but %v was sent; it is taken for message text", f.Command.Verb).
			Note(p.Reply(i-1), "this asks for the message").
			Helpf("after 354 send content and a line with only a period; to give up, close the connection")
	},
	Doc: `
354 is an intermediate reply: the server has not finished DATA, it waits for
the message. Whatever is sent now is message text until a line with only a
period. A QUIT or RSET becomes the first line of a mail that may be delivered.

# What to do

After 354 send the message and the line with only a period, then wait for the
reply. There is no command to take DATA back; to give up, close the connection
without the period.

# When it stays silent

Where content begins with a line that looks like a command, and more text
follows: that is a message. Where the recording leaves content out.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: QUIT
		# want
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: RSET
		# want
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: QUIT
		C: is what I typed, and nothing happened.
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
