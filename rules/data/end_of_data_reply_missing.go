package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var endOfDataReplyMissing = &lint.Rule{
	ID:       "end-of-data-reply-missing",
	Title:    "The end of a message was never answered",
	Area:     lint.Data,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Bodies,
	Sees:     transcripts.Closing,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.4"), lint.RFC(5321, "4.2"), lint.RFC(5321, "4.5.3.2.6")},
	In:       []transcripts.Kind{transcripts.Content},
	Session: func(p *lint.Pass) {
		const help = "server: answer every message. client: wait ten minutes, then take the message for not delivered and try again later"
		for _, f := range p.Faults {
			if f.Kind != transcripts.Unanswered || f.Count > 1 || !ended(&p.Exchanges[f.Exchange]) {
				continue
			}
			p.Report(p.Period(f.Exchange), "the message that ended here was never answered: nobody knows whether it was accepted").
				Note(p.Reply(f.Exchange+1), "this reply can only belong to the next command").
				Helpf(help)
		}
		last := len(p.Exchanges) - 1
		if last < 0 || !ended(&p.Exchanges[last]) || p.Exchanges[last].Before.Adrift {
			return
		}
		switch p.Ended {
		case transcripts.ServerClosed:
			p.Report(p.Period(last), "the server closed the connection without a reply to the message: nobody knows whether it was accepted").
				Helpf(help)
		case transcripts.Closed:
			p.Report(p.Period(last), "the connection ended without a reply to the message: nobody knows whether it was accepted").
				Sure(lint.Likely).AtMost(lint.Warning).Helpf(help)
		}
	},
	Doc: `
The reply to the end of the message is what hands the message over. Where it is
missing, the client has to send the message again, and the recipient may get it
twice; or it does not, and the message may be lost.

# What to do

Server: answer every message, with 451 where something went wrong. Client: wait
ten minutes for the reply, then treat the message as not delivered.

# When it stays silent

Where the client itself closed the connection: whether it waited long enough is
another matter. Where commands were sent behind the message in one group and
their replies fit, and where the recording ends before the connection does.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C: .
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C: .
		# want
		# server closed the connection
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C: .
		# want likely
		# connection lost
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C: .
		C: QUIT
		S: 250 2.0.0 Queued
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The recording ends, the connection may not.
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: text
		C: .
		`),
	},
}

// ended reports whether an exchange is a message whose end was sent, and not
// answered.
func ended(e *transcripts.Exchange) bool {
	return e.Kind == transcripts.Content && e.Body.End == transcripts.Dot && !e.Reply.Recorded()
}
