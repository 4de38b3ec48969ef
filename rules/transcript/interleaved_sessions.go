package transcript

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var interleavedSessions = &lint.Rule{
	ID:       "interleaved-sessions",
	Title:    "Lines of several sessions are mixed up",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2")},
	Adrift:   true,
	Session: func(p *lint.Pass) {
		for _, f := range p.Faults {
			if f.Kind == transcripts.SecondGreeting {
				p.Report(p.Reply(f.Exchange), "two sessions seem to be mixed up here: this greeting came in the middle of another session").
					Helpf("split the recording by connection before it is checked")
				return
			}
		}
	},
	Doc: `
A second greeting came while another session was going on, and after it there
were more replies than commands. Commands and replies of the two cannot be told
apart, so nothing is said about their order.

# What to do

Split the log by connection or process, or log each session to a file of its own.

# When it stays silent

On the 220 that answers STARTTLS or XCLIENT, on further lines of one greeting,
where a session just stops and another one follows, and where lines carry the
name of their connection: then they are told apart.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx1.example.org ESMTP
		S: 220 mx2.example.org ESMTP
		# want
		C: EHLO client.example.com
		C: EHLO client.example.com
		S: 250 mx1.example.org
		S: 250 mx2.example.org
		`),
		lint.Bad(`
		S: 220 mx1.example.org ESMTP
		C: EHLO client.example.com
		S: 220 mx2.example.org ESMTP
		# want
		S: 250 mx1.example.org
		C: MAIL FROM:<a@example.com>
		C: EHLO client.example.com
		S: 250 2.1.0 Ok
		S: 250 mx2.example.org
		`),
		lint.Good(`
		S: 220-mx.example.org ESMTP
		S: 220 We log all
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Go ahead
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XCLIENT NAME ADDR
		C: XCLIENT NAME=host.example.com ADDR=192.0.2.1
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		@1 S: 220 mx1.example.org ESMTP
		@2 S: 220 mx2.example.org ESMTP
		@1 C: EHLO client.example.com
		@2 C: EHLO client.example.com
		@1 S: 250 mx1.example.org
		@2 S: 250 mx2.example.org
		@1 C: QUIT
		@1 S: 221 2.0.0 Bye
		@2 C: QUIT
		@2 S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx1.example.org ESMTP
		C: EHLO client.example.com
		S: 220 mx2.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx2.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
