package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var repliesOutOfOrder = &lint.Rule{
	ID:       "replies-out-of-order",
	Title:    "The server answered a group of commands in the wrong order",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2920, "3.2")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Odd:      lint.Early,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !e.Command.Early || i == 0 || p.Exchanges[i-1].Kind != transcripts.Ordered {
			return
		}
		before := &p.Exchanges[i-1]
		switch before.Command.Verb {
		case transcripts.RCPT:
			if !exchanged(before, e) {
				return
			}
		case transcripts.MAIL:
			if detail(&before.Reply) != 5 || detail(&e.Reply) != 0 {
				return
			}
		default:
			return
		}
		p.Report(p.Reply(i-1), "this reply to %s seems to be the one to %s, and the next one the other way round",
			before.Command.Text, e.Command.Text).
			Sure(lint.Likely).
			Note(p.Command(i-1), "this was sent first").
			Note(p.Reply(i), "and this is the next reply").
			Helpf("answer in the order of the commands: clients tell replies apart by their order only")
	},
	Session: func(p *lint.Pass) {
		for _, f := range p.Faults {
			if f.Kind != transcripts.Reordered {
				continue
			}
			data := f.Exchange + f.Count
			p.Report(p.Reply(data), "DATA was answered before %v, which had come earlier", p.Exchanges[f.Exchange].Command.Verb).
				Note(p.Command(f.Exchange), "this was sent first").
				Note(p.Reply(f.Exchange), "and answered last").
				Helpf("answer in the order of the commands: clients tell replies apart by their order only")
		}
	},
	Doc: `
Replies come in the order of the commands; nothing else tells a client which
reply answers what. A server, or a proxy in front of it, that answers from
several threads makes the client take one recipient's refusal for another's.

# What to do

Answer each command only when those before it are answered.

# When it stays silent

The text of replies is free, so one sign is not enough: the reply to each of two
commands must name the other's recipient, or 2.1.5 must stand where 2.1.0
belongs, and the other way round. 354 before the replies to RCPT is proof. In
LMTP the replies to a message come in the order of RCPT.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		C: RCPT TO:<c@example.org>
		C: DATA
		S: 354 Go on
		# want
		S: 250 2.1.5 <b@example.org>
		S: 250 2.1.5 <c@example.org>
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Recipient ok
		# want likely
		S: 250 2.1.0 Sender ok
		C: RCPT TO:<c@example.org>
		C: RCPT TO:<d@example.org>
		S: 550 5.1.1 <d@example.org>: no such user
		# want likely
		S: 250 2.1.5 <c@example.org> Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		C: RCPT TO:<c@example.org>
		C: DATA
		S: 250 2.1.0 Ok
		S: 250 2.1.5 <b@example.org>
		S: 250 2.1.5 <c@example.org>
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# One sign alone may be chance: b is an alias of c.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		S: 250 2.1.5 will go to <c@example.org>
		S: 250 2.1.5 <c@example.org> Ok
		`),
	},
}

// exchanged reports whether the replies to two RCPT commands name each other's
// recipients, and not their own.
func exchanged(a, b *transcripts.Exchange) bool {
	if len(a.Reply.Lines) == 0 || len(b.Reply.Lines) == 0 {
		return false
	}
	first, second := a.Reply.Lines[0].Text, b.Reply.Lines[0].Text
	if strings.IndexByte(first, '@') < 0 || strings.IndexByte(second, '@') < 0 {
		return false
	}
	one, two := a.Command.Path().Mailbox.Text, b.Command.Path().Mailbox.Text
	return len(one) > 2 && len(two) > 2 && strings.Contains(first, two) && strings.Contains(second, one) &&
		!strings.Contains(first, one) && !strings.Contains(second, two)
}

// detail returns the detail of an enhanced code 2.1.x, or -1.
func detail(r *transcripts.Reply) int {
	if len(r.Lines) == 0 {
		return -1
	}
	status, _, ok := codes.ParseStatusCode(r.Lines[0].Text)
	if !ok || status.Class != '2' || status.Subject != 1 {
		return -1
	}
	return int(status.Detail)
}
