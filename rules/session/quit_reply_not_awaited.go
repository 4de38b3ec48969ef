package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var quitReplyNotAwaited = &lint.Rule{
	ID:       "quit-reply-not-awaited",
	Title:    "The client closed before the reply to QUIT",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Sees:     transcripts.Closing,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.10")},
	On:       []transcripts.Verb{transcripts.QUIT},
	Got:      []transcripts.Class{transcripts.NoReply},
	Exchange: func(p *lint.Pass, i int) {
		if p.Ended != transcripts.ClientClosed || p.Exchanges[i].Command.Early || p.Next(i) >= 0 {
			return
		}
		p.Report(p.Command(i), "the client closed the connection without waiting for the 221 reply to QUIT").
			Note(closed(p), "closed here").
			Helpf("wait for 221, for a short time, before closing")
	},
	Doc: `
A client should wait for 221 before it closes. Bulk senders often do not; no mail
is lost by it, only the server's log has a broken connection more.

# What to do

Read the reply to QUIT, with a short timeout.

# When it stays silent

Where QUIT was pipelined behind other commands, where the reply is on record, and
where no close by the client is. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		# want
		# client closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		# client closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: RSET
		C: QUIT
		S: 250 2.0.0 Ok
		# client closed the connection
		`),
	},
}
