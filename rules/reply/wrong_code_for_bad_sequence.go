package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var wrongCodeForBadSequence = &lint.Rule{
	ID:       "wrong-code-for-bad-sequence",
	Title:    "A command out of order was not refused with 503",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.4")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Got:      []transcripts.Class{transcripts.Permanent},
	Hears:    lint.Coded(500, 501, 502, 504),
	Exchange: func(p *lint.Pass, i int) {
		if !wrongForSequence(p, i) {
			return
		}
		e := &p.Exchanges[i]
		why := misplaced(p, i)
		if why == "" {
			why = "all recipients had been refused"
		}
		p.Report(p.Reply(i), "%v was refused with %03d: %s; 503 is the code for a command out of order", e.Command.Verb, e.Reply.Code, why).
			Helpf("answer 503")
	},
	Doc: `
The command came at the wrong time: RCPT before MAIL, MAIL before EHLO, a second
MAIL. The server was right to refuse it, but 500, 501, 502 and 504 blame the
command itself, so that whoever reads the log looks for the fault there.

# What to do

Answer 503.

# When it stays silent

On refusals for another reason: 530 where TLS or a login comes first, 550 for
policy, 554 to DATA without recipients, 421, and 501 where the argument is wrong
as well. Where the recording does not show that the command was out of order, and
where the server does not offer it anyway.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: RCPT TO:<b@example.org>
		S: 502 5.5.1 Missing MAIL FROM command
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# The server does not have SOML, nor the mechanism; it has MAIL.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH SCRAM-SHA-256
		C: MAIL FROM:<a@example.com>
		S: 250 Ok
		C: SOML FROM:<a@example.com>
		S: 502 Command not implemented
		C: AUTH CRAM-MD5
		S: 504 Unrecognized authentication type
		C: MAIL FROM:<a@example.com>
		S: 502 Not now
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com> FANCY
		S: 502 5.5.4 Not implemented
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// wrongForSequence reports whether a command out of order was refused with a
// code that blames the command.
func wrongForSequence(p *lint.Pass, i int) bool {
	e := &p.Exchanges[i]
	switch e.Reply.Code {
	case 500, 502, 504:
		if mayLack(e) {
			return false
		}
	case 501:
		if !transcripts.LooksLikeCommand(e.Command.Text) || !e.Command.Path().Mailbox.Flaw.None() {
			return false
		}
	default:
		return false
	}
	nobody := e.Command.Verb == transcripts.DATA && e.Before.Accepted == 0 && e.Before.Refused > 0
	return lint.Says(&e.Reply, "too long") == "" && (nobody || misplaced(p, i) != "")
}

// mayLack reports whether the server may not have the command of e at all, or
// no such mechanism, so that the place is not what it found wrong.
func mayLack(e *transcripts.Exchange) bool {
	offers := e.Before.Offers
	switch e.Command.Verb {
	case transcripts.MAIL, transcripts.RCPT, transcripts.DATA:
		return false
	case transcripts.AUTH:
		return e.Reply.Code == 504 || !offers.Has("AUTH")
	case transcripts.BDAT:
		return !offers.Has("CHUNKING")
	}
	return !offers.Has(e.Command.Verb.String())
}
