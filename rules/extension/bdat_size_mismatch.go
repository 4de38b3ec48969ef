package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bdatSizeMismatch = &lint.Rule{
	ID:       "bdat-size-mismatch",
	Title:    "BDAT announced another number of octets than were sent",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Bodies | transcripts.LineEnds,
	Refs:     []lint.Ref{lint.RFC(3030, "2")},
	On:       []transcripts.Verb{transcripts.BDAT},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		b := e.Body
		if b == nil || e.Reply.Code == 500 || e.Reply.Code == 502 {
			return
		}
		switch next := i + 1; {
		case next < len(p.Exchanges) && lonePeriod(&p.Exchanges[next]): // dot-terminator-with-bdat
		case b.End == transcripts.Counted && next < len(p.Exchanges) && p.Exchanges[next].Kind == transcripts.Strayed:
			more := p.Exchanges[next].Body
			p.Report(p.Command(i), "BDAT announced %d octets, %d were sent", b.Chunk, b.Octets+more.Octets).
				Note(p.BodyStart(next), "this was taken for a command").
				Helpf("count the octets after line ends were converted and the text was encoded")
		case b.End == transcripts.Cut && b.Mark(transcripts.CommandTail) != nil && b.EndsKnown():
			m := b.Mark(transcripts.CommandTail)
			p.Report(p.Command(i), "BDAT announced %d octets, %d were sent, and some of those are a command", b.Chunk, b.Octets).
				Note(p.Marked(m), "this was taken for message text").
				Helpf("count the octets after line ends were converted and the text was encoded")
		}
	},
	Doc: `
BDAT says how many octets follow, and the server counts. With more octets than
announced it takes the rest for commands; with fewer it takes the next commands
for text, and both sides wait for each other.

# What to do

Count what is sent: after line ends were made CRLF, and after encoding. The
octets of the BDAT line do not count, and periods are not doubled.

# When it stays silent

Where the recording does not show line ends or leaves the payload out: then the
octets cannot be counted. A connection that was lost within a chunk is no
mismatch.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 5 LAST
		# want
		C= "Subject: too long\r\n"
		S: 250 2.0.0 Queued
		S: 500 5.5.2 Not recognized
		`),
		lint.Bad(`
		# excerpt
		C: BDAT 100 LAST
		# want
		C= "Subject: too short\r\n"
		C= "QUIT\r\n"
		# client closed the connection
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 6 LAST
		# want
		C= "text\r\n"
		C= "x"
		S: 250 2.0.0 Queued
		S: 354 Go ahead
		`),
		lint.Good(`
		# excerpt
		C: BDAT 16 LAST
		C= "Subject: 12345\r\n"
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# A chunk may end anywhere.
		# excerpt
		C: BDAT 4
		C= "Subj"
		C= "BDAT 12 LAST\r\n"
		C= "ect: 12345\r\n"
		S: 250 2.0.0 Ok
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The payload is left out.
		# proves: Order Unbroken
		C: BDAT 100 LAST
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
