package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var multilineCodeMismatch = &lint.Rule{
	ID:       "multiline-code-mismatch",
	Title:    "The lines of one reply carried different codes",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Hears:    func(e *transcripts.Exchange) bool { return otherCode(e.Reply.Lines) > 0 },
	Exchange: func(p *lint.Pass, i int) {
		lines := p.Exchanges[i].Reply.Lines
		k := otherCode(lines)
		if k < 0 {
			return
		}
		p.Report(p.ReplyLine(i, k), "line %d of the reply had code %03d, the first line had %03d",
			k+1, lines[k].Code, lines[0].Code).
			Note(p.ReplyLine(i, 0), "the reply began here").
			Helpf("repeat the same code on every line of a reply (%03d-...)", lines[0].Code)
	},
	Doc: `
A reply of several lines repeats its code on each of them. Clients differ in
whether they believe the first or the last line, so that one takes for success
what another takes for failure.

# What to do

Send the same code on every line; all but the last have a hyphen behind it.

# When it stays silent

421 may interrupt a reply: the server is closing the connection.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 220 SIZE 1000000
		# want
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE 1000000
		S: 250 PIPELINING
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 421 4.3.2 mx.example.org shutting down
		`),
	},
}

// otherCode returns the first line with another code than that of the first one,
// or -1.
func otherCode(lines []transcripts.ReplyLine) int {
	for k := 1; k < len(lines); k++ {
		if lines[k].Code != 0 && lines[0].Code != 0 && lines[k].Code != lines[0].Code {
			return k
		}
	}
	return -1
}
