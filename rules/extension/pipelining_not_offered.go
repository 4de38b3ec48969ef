package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var pipeliningNotOffered = &lint.Rule{
	ID:       "pipelining-not-offered",
	Title:    "A command was sent before the reply to the one before, without PIPELINING",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(5321, "4.3.1"), lint.RFC(2920, "3.1")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Odd:      lint.Early,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !e.Command.Early || i == 0 {
			return
		}
		before := &p.Exchanges[i-1]
		if before.Kind == transcripts.Ordered && before.Command.Early || !before.Reply.Recorded() {
			return // the first of a group is reported, and only where an answer came after all
		}
		hello := before.Kind == transcripts.Ordered && before.Command.Verb.Hello()
		if !hello && !e.Before.Offers.Lacks("PIPELINING") {
			return
		}
		what := before.Command.Verb.String()
		switch {
		case before.Kind == transcripts.Content:
			what = "the message"
		case before.Kind != transcripts.Ordered || what == "":
			what = "what came before it"
		}
		because := "the server does not offer PIPELINING"
		if hello {
			because = "what the server offers was not known yet"
		}
		p.Report(p.Command(i), "%s was sent before the reply to %s, but %s", word(e), what, because).
			Note(p.Did(i-1), "this was not answered yet").
			Note(p.Reply(i-1), "its reply came later").
			Helpf("wait for each reply, unless EHLO lists PIPELINING")
	},
	Doc: `
Without PIPELINING a client must wait for the reply to each command before it
sends the next one. Servers that do not offer it may throw away what arrives
early, and many close the connection, because spammers do not wait.

# What to do

Wait for each reply. Where the EHLO reply lists PIPELINING, MAIL, RCPT and DATA
may go out together.

# When it stays silent

Answers in an AUTH exchange, content after 354 and the octets of BDAT are no
commands. Recordings that list one side before the other, or that were made by
the server, do not show what the client had read.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		# want
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: NOOP
		C: ?
		# want
		S: 250 2.0.0 Ok
		S: 500 5.5.2 What?
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
		# Two logs, one after the other: nothing is known of the order.
		C: EHLO client.example.com
		C: MAIL FROM:<a@example.com>
		C: QUIT
		S: 220 mx.example.org ESMTP
		S: 250 mx.example.org
		S: 250 2.1.0 Ok
		S: 221 2.0.0 Bye
		`),
	},
}
