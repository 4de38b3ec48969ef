package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// about lists the words by which clients speak of a command.
var about = [transcripts.NumVerbs][]string{
	transcripts.MAIL: {"mail from", "sender"},
	transcripts.RCPT: {"rcpt", "recipient"},
	transcripts.EHLO: {"ehlo", "greeting"},
	transcripts.HELO: {"helo", "greeting"},
	transcripts.LHLO: {"lhlo", "greeting"},
	transcripts.RSET: {"rset"},
	transcripts.NOOP: {"noop"},
	transcripts.VRFY: {"vrfy", "verif"},
	transcripts.EXPN: {"expn"},
	transcripts.BDAT: {"bdat"},
}

var successTreatedAsFailure = &lint.Rule{
	ID:       "success-treated-as-failure",
	Title:    "A success reply was taken for a failure",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Outcome,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1"), lint.RFC(5321, "4.3.2")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Content},
	Got:      []transcripts.Class{transcripts.Success},
	Odd:      lint.Commented | lint.Repeated,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		words := about[e.Command.Verb]
		what := e.Command.Verb.String()
		switch {
		case e.Kind == transcripts.Content:
			what = "the message"
		case words == nil:
			return
		case e.Reply.Code == 252, e.Reply.Code == 251 && e.Command.Verb == transcripts.RCPT:
			return // rules of their own
		}
		said, stated := p.TakenForFailure(i, "", words...)
		if stated {
			d := p.Report(p.Reply(i), "%03d means success, but the client reported that %s had failed", e.Reply.Code, what)
			if said.Party == transcripts.Recorder {
				d.Note(said, "it says so here")
			}
			d.Helpf("treat every 2yz reply as success; decide by the first digit")
			return
		}
		next := p.Next(i)
		if next < 0 || e.Command.Verb != transcripts.RCPT {
			return // a second MAIL is nested-mail
		}
		if f := &p.Exchanges[next]; f.Command.Text == e.Command.Text && !f.Command.Early {
			if path := e.Command.Path(); path.Null() || path.Mailbox.Hidden() {
				return // they may well have been different ones
			}
			p.Report(p.Command(next), "%03d means success, but the client sent the same %s again", e.Reply.Code, what).
				Note(p.Reply(i), "it was accepted here").
				Helpf("treat every 2yz reply as success; decide by the first digit").
				Sure(lint.Hint)
		}
	},
	Doc: `
A reply that starts with 2 says that the command is done, whatever the other
two digits and the text are. A client that compares the whole code with the one
it expects takes an unfamiliar success for a failure, and gives up mail that was
accepted, or sends it twice.

# What to do

Decide by the first digit of a reply, unless the protocol gives one code a
meaning of its own (354, 334, 421).

# When it stays silent

Where the log does not say that the client took the reply for a failure. The
same RCPT sent again is a hint only. Replies that are of the wrong kind
for their command, like 250 to DATA, are the server's fault. VRFY and 252, and
RCPT and 251, have rules of their own.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		# want
		# client: failed to add recipient
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<b@example.org>
		# want hint
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		# an invalid sender, and an unknown recipient
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		# client: the certificate could not be verified, going on
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: NOOP
		S: 250 2.0.0 Ok
		C: NOOP
		S: 250 2.0.0 Ok
		`),
	},
}
