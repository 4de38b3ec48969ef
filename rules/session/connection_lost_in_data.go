package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var connectionLostInData = &lint.Rule{
	ID:       "connection-lost-in-data",
	Title:    "The connection ended within a message",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Sees:     transcripts.Closing | transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "3.8"), lint.RFC(5321, "4.1.1.10")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Session: func(p *lint.Pass) {
		if p.Ended == transcripts.Comment || p.Ended == transcripts.ServerClosed {
			return
		}
		last := len(p.Exchanges) - 1
		e := &p.Exchanges[last]
		if e.Body == nil || e.Body.End != transcripts.Cut || e.Reply.Recorded() || e.Body.Mark(transcripts.CommandTail) != nil {
			return
		}
		d := p.Report(closed(p), "the connection ended within the message: the server must drop it, the client must treat it as not sent")
		if p.Ended == transcripts.Closed {
			d.By(lint.ByNetwork)
		}
		if e.Body.Lines > 0 {
			d.Note(p.BodyStart(last), "the message began here")
		} else if last > 0 {
			d.Note(p.Reply(last-1), "the message was to follow here")
		}
		d.Helpf("keep the message and try again later, as after 451; look for a timeout, a size limit or something between the two hosts")
	},
	Doc: `
The connection ended after 354, or within a chunk of BDAT, before the message
was complete. Nothing was delivered. A client that counts the message as sent
loses it.

# What to do

Treat the message as if 451 had been the answer: keep it, and send it again
later. If it happens again at the same place, look for a device between the two
hosts, for an MTU problem, or for a limit on size.

# When it stays silent

Where no end of the connection is recorded; where the server answered before,
or was the one that closed (server-closed-without-421); where the message ends in
lines that look like commands (missing-end-of-data); and where the recording
leaves content out. Where it does not say who closed, nobody is blamed.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: the first of many lines
		# client closed the connection
		# want
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		# connection reset
		# want
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 1000 LAST
		C: Subject: hi
		# connection lost
		# want
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
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: hi
		S: 421 4.3.2 mx.example.org Shutting down
		# connection closed
		`),
		lint.Good(`
		# excerpt
		# proves: Opening Closing Unbroken Order Reaction
		C: DATA
		S: 354 Go on
		# connection closed
		`),
	},
}
