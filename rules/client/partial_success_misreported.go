package client

import (
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var partialSuccessMisreported = &lint.Rule{
	ID:       "partial-success-misreported",
	Title:    "Some recipients were refused, but one verdict was given for all",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Unbroken,
	Sees:     transcripts.Outcome,
	Refs:     []lint.Ref{lint.RFC(5321, "6.1"), lint.RFC(5321, "4.5.4.1"), lint.RFC(2033, "4.2")},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		k, to := p.Behind(i)
		if k == to {
			return
		}
		b := tally(p, i)
		if len(b.accepted) == 0 || len(b.refused) == 0 {
			return
		}
		for ; k < to; k++ {
			if !p.Spoke(k, i) {
				continue
			}
			verdict := b.claim(strings.ToLower(p.Remarks[k].Text))
			if verdict == "" {
				continue
			}
			p.Report(p.Said(k), "%d of %d recipients were refused, but the client reported %s", len(b.refused), len(b.refused)+len(b.accepted), verdict).
				Note(p.Reply(i), "the others have the message").
				Note(b.at, "this one does not").
				Helpf("report for each recipient: who was refused for good, who is to be tried again, and who has the message")
			return
		}
	},
	Doc: `
Each recipient is accepted or refused for itself, and the message goes to those
that were accepted; in LMTP the server even answers for each of them at the end.
A client that reports one verdict for all either loses recipients without a word,
or makes its user send the message again to those who have it already.

# What to do

Keep the reply to each RCPT with its recipient, and report them one by one.

# When it stays silent

Where the recording states no verdict for all. "Message sent" alone is none: it
is true for those who were accepted.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 550 5.1.1 No such user
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		# client: message delivered to all recipients
		# want
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		# client: message failed for all recipients
		# want
		`),
		lint.Bad(`
		# mode: lmtp
		# excerpt
		C: LHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Delivered
		S: 452 4.2.2 Mailbox full
		# client: mail sent to 2 recipients
		# want
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> PRDR
		S: 250 OK, PRDR Requested
		C: RCPT TO:<b@example.org>
		S: 250 Accepted
		C: RCPT TO:<c@example.org>
		S: 250 Accepted
		C: DATA
		S: 354 Enter message, ending with "." on a line by itself
		C: Subject: hi
		C:
		C: .
		S: 353 PRDR content analysis beginning
		S: 250 b is content
		S: 550 c is not
		S: 250 OK id=1rK000-000000001-abcd
		# client: mail sent to 2 recipients
		# want
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 550 5.1.1 No such user
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		# client: delivered to b@example.org, failed for c@example.org
		# client: message sent to 1 of 2 recipients
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		# client: message delivered to all 2 recipients
		`),
	},
}

// A ballot is who of a transaction has the message, and who has not.
type ballot struct {
	accepted, refused []string   // addresses in small letters
	at                lint.Place // the first refusal
}

// tally counts the recipients of the transaction that content i ended. It is
// empty where the message was refused for all.
func tally(p *lint.Pass, i int) (b ballot) {
	e := &p.Exchanges[i]
	if e.Before.Mail == 0 || e.Before.Refused == 0 && len(e.More) == 0 || e.Before.Accepted == 0 {
		return b
	}
	from := i
	for from > 0 && p.Exchanges[from-1].Before.Mail == e.Before.Mail {
		from--
	}
	n := 0 // accepted so far
	for j := from; j < i; j++ {
		f := &p.Exchanges[j]
		if f.Kind != transcripts.Ordered || f.Command.Verb != transcripts.RCPT {
			continue
		}
		address, _ := lint.Address(f)
		reply := &f.Reply
		if reply.Code.OK() {
			reply = e.ReplyTo(n)
			n++
		}
		switch {
		case reply.Code.OK():
			b.accepted = append(b.accepted, strings.ToLower(address))
		case reply.Code.Failed():
			if len(b.refused) == 0 {
				b.at = p.ReplyPlace(reply)
			}
			b.refused = append(b.refused, strings.ToLower(address))
		}
	}
	return b
}

// claim returns what words in small letters claim about all recipients, where
// that is not so, or "".
func (b *ballot) claim(low string) string {
	all := strings.Contains(low, "all ") || hasNumber(low, len(b.accepted)+len(b.refused)) && !strings.Contains(low, " of ")
	all = all && strings.Contains(low, "recipient")
	for _, address := range b.refused {
		if strings.Contains(low, address) {
			return ""
		}
	}
	switch {
	case all && lint.SaysSuccess(low):
		return "success for all"
	case all && strings.Contains(low, "all ") && lint.SaysFailure(low):
		return "failure for all"
	}
	return ""
}

// hasNumber reports whether n stands in text as a word.
func hasNumber(text string, n int) bool {
	for _, word := range strings.Fields(text) {
		if word == strconv.Itoa(n) {
			return true
		}
	}
	return false
}
