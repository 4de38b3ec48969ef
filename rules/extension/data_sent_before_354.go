package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dataSentBefore354 = &lint.Rule{
	ID:       "data-sent-before-354",
	Title:    "The message was sent before the server asked for it",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Reaction | transcripts.Unbroken,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(2920, "3.1"), lint.RFC(5321, "3.3")},
	In:       []transcripts.Kind{transcripts.Content, transcripts.Strayed},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		data := i - 1
		if i == 0 || !p.Exchanges[i].Body.Early || p.Exchanges[data].Command.Verb != transcripts.DATA {
			return
		}
		at := p.BodyStart(i)
		if p.Exchanges[i].Body.Lines == 0 {
			at = p.Period(i)
		}
		d := p.Report(at, "the message was sent before the reply to DATA").
			Helpf("wait for 354; to save the round trip, use BDAT where the server offers CHUNKING").
			Note(p.Command(data), "DATA was not answered yet")
		if p.Exchanges[data].Reply.Recorded() {
			d.Note(p.Reply(data), "its reply came later")
		}
		if !p.Proves.Has(transcripts.Segments) {
			d.Sure(lint.Likely)
		}
	},
	Doc: `
DATA must be the last command of a group, also with PIPELINING: the server may
refuse it, and then takes the text of the message for commands. Message text is
sent once 354 has come.

# What to do

Send nothing behind DATA until it was answered, and the message only if the
answer was 354. BDAT carries its data without asking first.

# When it stays silent

Where the recording does not show what the client had read when it spoke, as in
a server's log. Without packets the order of the lines may be the recorder's, so
the finding is not certain.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: DATA
		C: Subject: x
		# want likely
		C:
		C: .
		S: 354 Go on
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: DATA
		C: Subject: x
		# want likely
		C:
		C: text
		C: .
		S: 503 5.5.1 No recipients
		S: 500 5.5.2 Not recognized
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 6 LAST
		C= "text\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder leaves out what the server said.
		# excerpt
		C: DATA
		C: Subject: x
		C:
		C: text
		C: .
		C: QUIT
		`),
		lint.Good(`
		# A server's log does not show what the client had read.
		# proves: Opening Unbroken Order Bodies
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		C: Subject: x
		C:
		C: .
		S: 354 Go on
		S: 250 2.0.0 Queued
		`),
	},
}
