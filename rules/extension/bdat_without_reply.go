package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bdatWithoutReply = &lint.Rule{
	ID:       "bdat-without-reply",
	Title:    "A chunk was never answered",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "2")},
	On:       []transcripts.Verb{transcripts.BDAT},
	Session: func(p *lint.Pass) {
		for _, f := range p.Faults {
			if f.Kind != transcripts.Unanswered || p.Exchanges[f.Exchange].Command.Verb != transcripts.BDAT {
				continue
			}
			d := p.Report(p.Command(f.Exchange), "BDAT was never answered, or a chunk before it was not")
			if next := f.Exchange + f.Count; next < len(p.Exchanges) && p.Exchanges[next].Reply.Recorded() {
				d.Note(p.Reply(next), "this reply can only belong to a later command")
			}
			d.Helpf("answer each chunk with a reply of its own, as soon as all its octets have come")
		}
	},
	Doc: `
Each BDAT gets a reply of its own, also those without LAST. A client that counts
replies, as it must, takes the reply to the last chunk for that to the first,
and waits for ever.

# What to do

Answer each chunk with 250 when its octets have come.

# When it stays silent

Where the recording ends before the answer, or leaves lines out. In LMTP the
last chunk draws a reply for each recipient. A positive reply other than 250 is
wrong-positive-reply.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		C: BDAT 0 LAST
		# want
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The replies to pipelined chunks come together.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		C: BDAT 0 LAST
		S: 250 2.0.0 4 octets
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		# excerpt
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250-ENHANCEDSTATUSCODES
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4 LAST
		C= "ab\r\n"
		S: 250 2.0.0 Delivered to b
		S: 250 2.0.0 Delivered to c
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
