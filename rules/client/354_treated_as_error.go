package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var treatedAsError354 = &lint.Rule{
	ID:       "354-treated-as-error",
	Title:    "354 was taken for an error",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Outcome,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.2"), lint.RFC(5321, "3.3")},
	On:       []transcripts.Verb{transcripts.DATA},
	Got:      []transcripts.Class{transcripts.Intermediate},
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Reply.Code != 354 {
			return
		}
		// Nothing was sent yet when the client gave up: the content is empty.
		j := i + 1
		if j < len(p.Exchanges) && p.Exchanges[j].Kind == transcripts.Content {
			if b := p.Exchanges[j].Body; b.Lines > 0 || b.End == transcripts.Dot || b.End == transcripts.Elided {
				return
			}
		}
		said, stated := p.TakenForFailure(i, "354", "data", "354")
		if !stated {
			return
		}
		d := p.Report(p.Reply(i), "354 is the go-ahead for the message, but the client took it for an error")
		if said.Party == transcripts.Recorder {
			d.Note(said, "it says so here")
		}
		d.Labelf("this asks for the message").
			Helpf("send the message now, and end it with a line that holds only a period")
	},
	Doc: `
354 is the normal answer to DATA. It is neither a success nor an error but an
intermediate reply: the server is ready and waits for the message. A client that
expects 250 here gives up every message.

# What to do

After 354 send the message, a line with only a period, and wait for the final
reply.

# When it stays silent

Where the message was sent, and where the log does not say that the client took
354 for an error: it may have lost the connection.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Start mail input; end with <CRLF>.<CRLF>
		# want
		# client: error 354, aborting
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Start mail input; end with <CRLF>.<CRLF>
		C: Subject: error 354
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
