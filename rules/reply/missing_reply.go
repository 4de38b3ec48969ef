package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var missingReply = &lint.Rule{
	ID:       "missing-reply",
	Title:    "A command was never answered",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(2920, "3.2")},
	Session: func(p *lint.Pass) {
		for _, f := range p.Faults {
			if f.Kind != transcripts.Unanswered || f.Count == 1 && p.Exchanges[f.Exchange].Kind == transcripts.Content {
				continue // end-of-data-reply-missing says more about a message
			}
			if p.Exchanges[f.Exchange].Command.Verb == transcripts.BDAT {
				continue // bdat-without-reply
			}
			message := "one of the commands from here on was never answered"
			if f.Count > 1 {
				message = "some of the commands from here on were never answered"
			} else if v := p.Exchanges[f.Exchange].Command.Verb; v > transcripts.Unknown {
				message = v.String() + " was never answered"
			}
			d := p.Report(p.Did(f.Exchange), "%s", message)
			if next := f.Exchange + f.Count; next < len(p.Exchanges) && p.Exchanges[next].Reply.Recorded() {
				d.Note(p.Reply(next), "this reply can only belong to a later command")
			}
			d.Helpf("answer every command once, in the order in which they came")
		}
	},
	Doc: `
Every command gets a reply, in order. When one is left out, the client waits
until its timeout, or takes the next reply for the missing one. It shows where a
reply arrives that can only belong to a later command: 354 to DATA, 221 to QUIT,
a list of keywords to EHLO.

# What to do

Answer every command, also those that came in one pipelined group.

# When it stays silent

Where the recording ends before the answer, and where it leaves lines out.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		# want
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		`),
	},
}
