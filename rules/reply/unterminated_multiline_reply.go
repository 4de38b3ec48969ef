package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var unterminatedMultilineReply = &lint.Rule{
	ID:       "unterminated-multiline-reply",
	Title:    "The last line of a reply was missing",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1")},
	Odd:      lint.OddReply,
	Hears:    func(e *transcripts.Exchange) bool { return e.Reply.Open },
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		if !r.Open || r.Lines[len(r.Lines)-1].Sep != '-' || r.Abridged() {
			return
		}
		next := i + 1
		for next < len(p.Exchanges) && !p.Exchanges[next].Reply.Recorded() {
			next++
		}
		if next == len(p.Exchanges) || p.Exchanges[next].Reply.Code == 421 {
			return
		}
		p.Report(p.Last(i), "the reply that began at %s never ended: its last line has a hyphen after the code, so more was to come",
			lint.Line(r.Span())).
			Note(p.Reply(next), "the next reply began here").
			Helpf("send the last line of a reply with a space after the code: %03d text", r.Code)
	},
	Doc: `
A hyphen after the code says that more lines of the same reply follow, a space
that this is the last one. A client that obeys waits for a last line that never
comes, until its timeout.

# What to do

Put a space after the code of the last line.

# When it stays silent

Where the recording ends before the reply does, where it begins with a piece of
one, and where lines are missing in it or said to be, as in "250-[...]"; where the client spoke too early and the rest of the reply follows; and
where 421 cut the reply short.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		S: 220-mx.example.org ESMTP
		# want
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org (multiline)
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		S: 250-PIPELINING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		S: 220-mx.example.org ESMTP
		S: 220 ready
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 421 4.3.2 mx.example.org Shutting down
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		`),
	},
}
