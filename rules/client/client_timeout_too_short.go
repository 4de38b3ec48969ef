package client

import (
	"strings"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Minimum timeouts of a client (RFC 5321 §4.5.3.2).
var minimum = map[transcripts.Verb]time.Duration{
	transcripts.MAIL: 5 * time.Minute,
	transcripts.RCPT: 5 * time.Minute,
	transcripts.DATA: 2 * time.Minute,
}

const (
	minimumContent    = 10 * time.Minute // for the reply to the message
	minimumOther      = 5 * time.Minute  // no number is given; this one is usual
	minimumSubmission = 2 * time.Minute  // a person waits (RFC 6409 §5.3)
)

var clientTimeoutTooShort = &lint.Rule{
	ID:       "client-timeout-too-short",
	Title:    "The client did not wait long enough for a reply",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Unbroken | transcripts.Clock,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.2"), lint.RFC(6409, "5.3")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered, transcripts.Content},
	Got:      []transcripts.Class{transcripts.NoReply},
	Session: func(p *lint.Pass) {
		k := gaveUp(p)
		if k < 0 {
			return
		}
		i := waiting(p, p.Remarks[k].After)
		if i < 0 {
			return
		}
		e := &p.Exchanges[i]
		sent, least, numbered := e.Command.At, minimumOther, false
		what := e.Command.Verb.String()
		switch {
		case e.Kind == transcripts.Content, e.Body != nil && e.Body.Last:
			sent, least, numbered, what = e.Body.At, minimumContent, true, "the message"
		case e.Kind == transcripts.Answered:
			what = "AUTH"
		case e.Kind != transcripts.Ordered, e.Command.Verb <= transcripts.Unknown, e.Command.Verb == transcripts.QUIT:
			return // after QUIT nothing hangs on the reply
		default:
			if d, ok := minimum[e.Command.Verb]; ok {
				least, numbered = d, true
			}
		}
		if i > 0 { // a client that pipelines begins to wait anew after each reply
			sent = max(sent, p.Exchanges[i-1].Reply.At)
		}
		if p.Port == 587 || p.Port == 465 {
			least = min(least, minimumSubmission)
		}
		waited, ok := p.Remarks[k].At.Sub(sent)
		if !ok || waited < time.Second || waited >= least-2*time.Second {
			return // it did not wait at all; or long enough, give or take two seconds
		}
		d := p.Report(p.Said(k), "the client gave up after %v, while it waited for the reply to %s", waited.Round(time.Second), what).
			Note(p.Last(i), "no reply came to this").
			Helpf("wait at least %v for this reply", least)
		if !numbered {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
Servers look things up, scan and store before they answer. The specification
gives the times that a client should wait: five minutes for the replies to MAIL
and RCPT, two for that to DATA, ten for the one to the message. A client that
gives up on the message after a minute sends it again, and again, while each
copy is delivered.

# What to do

Set a timeout for each kind of reply rather than one for all, and none below the
minimum.

# When it stays silent

Without times, and where the recording does not say that it was the client that
closed or ran out of time. Where a person or a signal ended it, and where the
client did not wait at all: then it was no timeout. After QUIT. On submission
ports two minutes are enough. For other commands no time is laid down: less than
five minutes is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:00 C: EHLO client.example.com
		10:00:00 S: 250 mx.example.org
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:20 # [client closed] no answer
		# want
		`),
		lint.Bad(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:00 C: EHLO client.example.com
		10:00:30 # [client closed] timed out
		# want
		`),
		lint.Bad(`
		# excerpt
		10:00:00 C: DATA
		10:00:00 S: 354 Go on
		10:00:00 C: Subject: hi
		10:00:00 C:
		10:00:10 C: .
		10:02:10 # client: timeout while waiting for the server
		# want
		`),
		lint.Good(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:00 C: EHLO client.example.com
		10:00:00 S: 250 mx.example.org
		10:00:00 C: MAIL FROM:<a@example.com>
		10:05:00 # [client closed] timed out
		`),
		lint.Good(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:00 C: EHLO client.example.com
		10:00:00 S: 250 mx.example.org
		10:00:00 C: QUIT
		10:00:03 # [client closed] done
		`),
		lint.Good(`
		# port: 587
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:00 C: EHLO client.example.com
		10:00:00 S: 250 mx.example.org
		10:00:00 C: MAIL FROM:<a@example.com>
		10:02:00 # [client closed] timed out
		`),
		lint.Good(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:00 C: EHLO client.example.com
		10:00:00 S: 250 mx.example.org
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:09 # interrupted by SIGINT
		10:00:09 # [client closed] bye
		`),
		lint.Good(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:00 C: EHLO client.example.com
		10:00:00 S: 250 mx.example.org
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:05 # [closed] connection lost
		`),
	},
}

// gaveUp returns the remark by which the client closed the connection, or ran
// out of time, of its own accord; else -1.
func gaveUp(p *lint.Pass) int {
	at := -1
	for k := range p.Remarks {
		m := &p.Remarks[k]
		low := strings.ToLower(m.Text)
		if containsAny(low, "interrupt", "signal", "sigint", "sigterm", "shutdown", "shutting down", "cancel", "killed", "abort", "user") {
			return -1
		}
		switch {
		case at >= 0:
		case m.Note == transcripts.ClientClosed:
			at = k
		case m.Note == transcripts.Comment && p.Carries.Has(transcripts.Reaction) && containsAny(low, "timed out", "timeout"):
			at = k
		}
	}
	return at
}

// waiting returns the oldest exchange up to last that has no reply and whose
// reply the client waits for, or -1.
func waiting(p *lint.Pass, last int) int {
	if last < 0 || last != len(p.Exchanges)-1 || p.Exchanges[last].Before.Closing {
		return -1
	}
	i := -1
	for j := last; j >= 0 && !p.Exchanges[j].Reply.Recorded(); j-- {
		i = j
	}
	if i >= 0 && p.Exchanges[i].Kind == transcripts.Content && p.Exchanges[i].Body.End != transcripts.Dot {
		return -1 // the client was still sending
	}
	return i
}
