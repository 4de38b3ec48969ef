package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var tooManyRecipientsCode = &lint.Rule{
	ID:       "too-many-recipients-code",
	Title:    "A recipient above the limit was not refused with 452",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.10")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Hears:    func(e *transcripts.Exchange) bool { return tooMany(&e.Reply) },
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		if !tooMany(r) || r.Code == 452 || r.Code == 421 || r.Code == 451 || r.Code.Class() == transcripts.Transient && status(r).Subject == 7 {
			return
		}
		if before := previous(p, i); before >= 0 && tooMany(&p.Exchanges[before].Reply) {
			return // said already
		}
		d := p.Report(p.Reply(i), "a recipient too many was refused with %03d; 452 is the code for it", r.Code).
			Helpf("answer \"452 4.5.3 Too many recipients\" and keep those that were accepted")
		if r.Code.Class() == transcripts.Transient || status(r).Subject == 7 {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
452 tells the client to send the message to those recipients that were accepted
and to try the others in another transaction. A 5yz says that they are refused
for good, and the sender gets a bounce for addresses that are perfectly right.

# What to do

Answer 452. 552, which RFC 821 had, means something else today.

# When it stays silent

On 451, on other 4yz with X.7 and on what is said about a span of time: rate
limits. A 5yz with X.7 is a policy of the
site and allowed, and a 4yz does no harm: then the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org>
		S: 552 5.5.3 Too many recipients
		# want
		C: RCPT TO:<d@example.org>
		S: 552 5.5.3 Too many recipients
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 452 4.5.3 Too many recipients
		C: RCPT TO:<c@example.org>
		S: 450 4.7.1 Too many recipients in an hour
		C: RCPT TO:<d@example.org>
		S: 451 4.5.3 Too many recipients
		`),
	},
}

// previous returns the RCPT before exchange i in the same transaction, or -1.
func previous(p *lint.Pass, i int) int {
	if j := i - 1; j >= 0 && p.Exchanges[j].Kind == transcripts.Ordered && p.Exchanges[j].Command.Verb == transcripts.RCPT {
		return j
	}
	return -1
}
