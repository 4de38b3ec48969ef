package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dataWithout354 = &lint.Rule{
	ID:       "data-without-354",
	Title:    "The message was sent although DATA had been refused",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.3.2")},
	In:       []transcripts.Kind{transcripts.Strayed},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		if i == 0 || p.Exchanges[i].Body.Early {
			return
		}
		data := &p.Exchanges[i-1]
		if data.Kind != transcripts.Ordered || data.Command.Verb != transcripts.DATA || !data.Reply.Code.Failed() {
			return
		}
		d := p.Report(p.BodyStart(i), "DATA was answered %03d, but the message was sent anyway; the server read it as commands", data.Reply.Code).
			Note(p.Reply(i-1), "DATA was refused here")
		if p.Exchanges[i].Reply.Recorded() {
			d.Note(p.Reply(i), "the first line of the message was answered as a command")
		}
		d.Helpf("send content only after 354; after 4yz or 5yz send RSET or QUIT")
	},
	Doc: `
Only 354 asks for the message. After any other reply to DATA the server still
reads commands, and answers every line of the message as one. A line of the
message that happens to be a command is obeyed.

# What to do

Look at the reply to DATA before the message is sent. On 4yz keep the message
and try again later; on 5yz report the failure.

# When it stays silent

Where the reply to DATA is not on record, and where content was sent in one
group with DATA, before its reply could be read.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 503 5.5.1 Need RCPT command
		C: Subject: hello
		# want
		S: 500 5.5.2 Command not recognized
		C:
		S: 500 5.5.2 Command not recognized
		C: text
		S: 500 5.5.2 Command not recognized
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 554 5.5.1 No valid recipients
		C: Subject: hello
		# want
		C:
		C: text
		C: .
		S: 500 5.5.2 Command not recognized
		C: QUIT
		S: 500 5.5.2 Command not recognized
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 503 5.5.1 Need RCPT command
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 503 5.5.1 Need RCPT command
		C: XFOO
		S: 500 5.5.2 Command not recognized
		`),
	},
}
