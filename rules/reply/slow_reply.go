package reply

import (
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// patience is how long clients wait at least (RFC 5321 §4.5.3.2).
var patience = map[transcripts.Verb]time.Duration{
	transcripts.MAIL: 5 * time.Minute,
	transcripts.RCPT: 5 * time.Minute,
	transcripts.DATA: 2 * time.Minute,
}

const (
	patienceMessage    = 10 * time.Minute
	patienceOther      = 5 * time.Minute // no number is given; this one is usual
	patienceSubmission = 2 * time.Minute // a person waits (RFC 6409 §5.3)
)

var slowReply = &lint.Rule{
	ID:       "slow-reply",
	Title:    "A reply took longer than clients wait",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order | transcripts.Clock,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.2"), lint.RFC(5321, "6.1"), lint.RFC(6409, "5.3")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered, transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !e.Reply.Recorded() || e.Reply.Unheard {
			return
		}
		sent, limit, what := e.Command.At, patienceOther, e.Command.Verb.String()
		switch {
		case e.Kind == transcripts.Content, e.Body != nil && e.Body.Last:
			sent, limit, what = e.Body.At, patienceMessage, "the message"
		case e.Kind == transcripts.Answered:
			what = "AUTH"
		case patience[e.Command.Verb] > 0:
			limit = patience[e.Command.Verb]
		}
		if i > 0 { // what was pipelined waits for its turn
			sent = max(sent, p.Exchanges[i-1].Reply.At)
		}
		if p.Port == 587 || p.Port == 465 {
			limit = patienceSubmission
		}
		took, ok := e.Reply.At.Sub(sent)
		if !ok || took <= limit {
			return
		}
		if what == "" {
			what = "the command"
		}
		p.Report(p.Reply(i), "the reply to %s took %v; clients may give up after %v", what, took.Round(time.Second), limit).
			Note(p.Last(max(i-1, 0)), "before this nothing was waited for").
			Helpf("answer earlier; what takes long can be done after the reply, or answered with 4yz")
	},
	Doc: `
Clients must wait some minutes for each reply, and then may give up: 5 for MAIL
and RCPT, 2 for DATA, 10 for the end of the message, 2 for anything on
submission, where a person waits. A client that gives up while the server still
works on the message sends it again, and the recipient gets it twice.

# What to do

Do what takes long after the reply, or answer with 4yz in time. Look for name
servers and blocklists that do not answer.

# When it stays silent

The rule is off unless asked for: some servers are slow on purpose, to drive off
spammers. Recordings without times are not judged.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:06:00 S: 250 2.1.0 Ok
		# want
		`),
		lint.Bad(`
		# port: 587
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:03:00 S: 250 2.1.0 Ok
		# want
		`),
		lint.Bad(`
		# excerpt
		10:00:00 C: DATA
		10:00:00 S: 354 Go on
		10:00:01 C: text
		10:00:01 C: .
		10:11:00 S: 250 2.0.0 Queued
		# want
		`),
		lint.Good(`
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:01 S: 250 2.1.0 Ok
		10:07:00 C: RCPT TO:<b@example.org>
		10:07:01 S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# What was pipelined waits for its turn.
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:00 C: RCPT TO:<b@example.org>
		10:04:00 S: 250 2.1.0 Ok
		10:08:00 S: 250 2.1.5 Ok
		`),
	},
}
