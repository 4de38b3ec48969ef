package client

import (
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var endOfDataReplyNotAwaited = &lint.Rule{
	ID:       "end-of-data-reply-not-awaited",
	Title:    "The client left before the message was answered",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Unbroken,
	Sees:     transcripts.Closing,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.2.6"), lint.RFC(5321, "6.1"), lint.RFC(1047, "")},
	In:       []transcripts.Kind{transcripts.Content},
	On:       []transcripts.Verb{transcripts.BDAT},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		switch b := e.Body; {
		case b == nil || e.Kind != transcripts.Content && !b.Last || !b.Complete():
			return
		case p.Ended != transcripts.ClientClosed || e.Reply.Recorded() && !e.Reply.Unheard:
			return
		}
		closed := -1
		for k := range p.Remarks {
			if n := p.Remarks[k].Note; n == transcripts.ClientClosed || n == transcripts.ClientLeft {
				closed = k
				break
			}
		}
		if closed < 0 {
			return
		}
		waited, ok := p.Remarks[closed].At.Sub(e.Body.At)
		if ok && waited >= minimumContent {
			return
		}
		at := p.Command(i)
		if e.Body.End == transcripts.Dot {
			at = p.Period(i)
		}
		d := p.Report(at, "the client closed the connection before the message was answered").
			Helpf("wait up to 10 minutes for the reply: without it nobody knows whether the message was taken")
		if ok {
			d.Message += ", after " + waited.Round(time.Second/10).String()
		}
		d.Note(p.Said(closed), "closed here")
		if e.Reply.Recorded() {
			d.Note(p.Reply(i), "this came too late")
		}
	},
	Doc: `
The reply to the end of the message says who is responsible for it from then on.
A client that does not wait for it does not know: if it sends the message again,
the recipient may get it twice; if it does not, the message may be lost.

# What to do

Wait for the reply, up to 10 minutes, then send QUIT. A client that is in a hurry
may send QUIT behind the message, with PIPELINING, and still must read both
replies.

# When it stays silent

Where the server closed first, where the client waited 10 minutes, and where it
is not recorded who closed the connection.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: text
		C: .
		# want
		# client closed the connection
		`),
		lint.Bad(`
		# The reply came when the client was gone.
		# excerpt
		C: DATA
		S: 354 Go on
		C: text
		C: .
		# want
		# [client left]
		S: 250 2.0.0 Queued
		# client closed the connection
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# QUIT was sent behind the message, and both were answered.
		# excerpt
		C: DATA
		S: 354 Go on
		C: text
		C: .
		C: QUIT
		S: 250 2.0.0 Queued
		S: 221 2.0.0 Bye
		# client closed the connection
		`),
		lint.Good(`
		# excerpt
		10:00:00 C: DATA
		10:00:00 S: 354 Go on
		10:00:00 C: text
		10:00:00 C: .
		10:10:30 # client closed the connection
		`),
	},
}
