package client

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var temporaryTreatedAsPermanent = &lint.Rule{
	ID:       "temporary-treated-as-permanent",
	Title:    "A temporary refusal was taken for a permanent one",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Outcome,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.1"), lint.RFC(5321, "4.5.4.1")},
	Session: func(p *lint.Pass) {
		reported := -1
		var last map[string]int // where each command was sent for the last time
		for k := range p.Remarks {
			i := p.Remarks[k].After
			for i > reported && i >= 0 && p.Exchanges[i].Command.Verb == transcripts.QUIT {
				i--
			}
			if i <= reported || i < 0 || p.Exchanges[i].Reply.Code.Class() != transcripts.Transient || !p.Spoke(k, i) {
				continue
			}
			r := &p.Exchanges[i].Reply
			if !saysForGood(p.Remarks[k].Text, r) {
				continue
			}
			if last == nil {
				last = lastSent(p)
			}
			if last[p.Exchanges[i].Command.Text] > i {
				continue // it was tried again
			}
			reported = i
			p.Report(p.Reply(i), "%03d is temporary, but the client gave up for good", r.Code).
				Note(p.Said(k), "it says so here").
				Labelf("this asks to try again later").
				Helpf("keep the message and try again, first after about half an hour, for four to five days")
		}
	},
	Doc: `
A reply that begins with 4 says: not now. The cause passes by itself, as with
greylisting, a full disk or a busy server. A client that takes it for a final
refusal bounces mail that would have arrived, or strikes good addresses off a
list.

# What to do

Queue the message and try again, for several days if need be. Only 5yz is final.

# When it stays silent

Where the recording does not state that the client gave up for good: a program
that shows the error to its user has not. Where it gave up because it had tried
for long enough. Where it did try again.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 450 4.7.1 Greylisted, try again later
		# want
		# client: bounced (450 4.7.1 Greylisted, try again later), b@example.org removed
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 452 4.3.1 Out of space
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		# client: permanent failure, message undeliverable
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 450 4.1.1 <b@example.org>: Recipient address rejected: User unknown
		C: QUIT
		S: 221 2.0.0 Bye
		# client: The following recipients failed: b@example.org: <b@example.org>: Recipient address rejected: User unknown
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 450 4.7.1 Greylisted
		C: QUIT
		S: 221 2.0.0 Bye
		# client: not bounced, next try in 30 minutes
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 450 4.7.1 Greylisted
		# client: bounced, expired after 5 days in the queue
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 450 4.7.1 Greylisted
		# client: error, server said 450
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 451 4.3.0 Busy
		# client: giving up on this sender
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// saysForGood reports whether words state that something failed for good. The
// server's own words in them do not count.
func saysForGood(text string, r *transcripts.Reply) bool {
	low := strings.ToLower(text)
	for _, l := range r.Lines {
		_, words, _ := codes.ParseStatusCode(l.Text) // some clients show the code apart, or not at all
		if words = strings.TrimSpace(words); words != "" {
			low = strings.ReplaceAll(low, strings.ToLower(words), "")
		}
	}
	return containsAny(low, "bounce", "permanent", "undeliverable", "user unknown", "no such user", "does not exist", "removed",
		"giving up", "gave up", "hard fail", "unsubscribed", "will not retry", "won't retry", "no retry") &&
		!containsAny(low, "next try", "will retry", "try again", "retrying", "defer", "queue", "later", "temporar", "soft", "transient", "expired",
			" days", " hours", "too long", "not bounce", "not permanent")
}

func containsAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// lastSent returns where MAIL and RCPT of each wording were sent last.
func lastSent(p *lint.Pass) map[string]int {
	last := map[string]int{}
	for i := range p.Exchanges {
		switch c := &p.Exchanges[i].Command; c.Verb {
		case transcripts.MAIL, transcripts.RCPT:
			last[c.Text] = i
		}
	}
	return last
}
