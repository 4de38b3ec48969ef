package client

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var nullSenderRefused = &lint.Rule{
	ID:       "null-sender-refused",
	Title:    "The null sender was refused",
	Area:     lint.Client,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.5"), lint.RFC(5321, "6.1"), lint.RFC(6409, "3.2")},
	On:       []transcripts.Verb{transcripts.MAIL},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		switch e.Reply.Code {
		case 503, 530, 535, 538, 552, 555:
			return // the sequence, AUTH or TLS, the size or a parameter
		}
		path := e.Command.Path()
		if !path.Null() || p.Proves.Has(transcripts.Opening) && e.Before.Hello == transcripts.NoVerb {
			return
		}
		c := lint.Certain
		next := otherSender(p, i)
		switch {
		case blamesNull(&e.Reply):
		case next >= 0:
			c = lint.Likely
		default:
			return
		}
		what, help := "no bounce can reach this server", "accept MAIL FROM:<>; a server that wants no bounces may refuse recipients that send no mail"
		if e.Before.Authenticated || p.Port == 587 || p.Port == 465 {
			what, help = "no read receipt can be sent through this server", "accept MAIL FROM:<> from users who may send"
		}
		d := p.Report(p.Reply(i), "the null sender was refused with %03d: %s", e.Reply.Code, what).Sure(c)
		if next >= 0 {
			d.Note(p.Command(next), "this sender was accepted")
		}
		d.Helpf("%s", help)
	},
	Doc: `
Bounces and other reports are sent with the null sender, so that nothing answers
them. A server must accept it: one that does not cuts its users off from learning
that their mail was not delivered, and other servers keep its bounces in their
queues.

# What to do

Accept MAIL FROM:<>. Servers for submission must do so, too.

# When it stays silent

Where the refusal has another cause: AUTH or TLS is wanted, the sequence, the
size or a parameter is wrong, the client's address is blocked. What counts is
that the reply blames the empty sender, or, as likely, that the next sender was
accepted under the same conditions.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<>
		S: 550 5.7.1 Empty sender not allowed
		# want
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<>
		S: 553 5.1.0 Rejected
		# want likely
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<>
		S: 530 5.7.0 Authentication required, the sender must not be empty
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<>
		S: 550 5.7.1 Client host blocked
		C: MAIL FROM:<> RET=FULL
		S: 503 5.5.4 Error: send RSET first, null sender given
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: MAIL FROM:<>
		S: 550 5.7.1 Go away
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// blamesNull reports whether a refusal says that it is because the sender is
// empty.
func blamesNull(r *transcripts.Reply) bool {
	for _, l := range r.Lines {
		low := strings.ToLower(l.Text)
		if containsAny(low, "<>", "null sender", "empty sender", "blank sender", "null reverse", "empty reverse", "empty return", "null return",
			"empty envelope", "null envelope", "sender is empty", "sender address is empty", "sender must not be empty",
			"sender cannot be empty", "sender address required", "missing sender") {
			return true
		}
	}
	return false
}

// otherSender returns the next MAIL, where it names a sender, was accepted and
// nothing but the sender had changed; else -1.
func otherSender(p *lint.Pass, i int) int {
	for j := i + 1; j < len(p.Exchanges); j++ {
		e := &p.Exchanges[j]
		if e.Kind != transcripts.Ordered {
			return -1
		}
		switch e.Command.Verb {
		case transcripts.RSET, transcripts.NOOP:
			continue
		case transcripts.MAIL:
			if path := e.Command.Path(); !path.Null() && e.Reply.Code.OK() {
				return j
			}
		}
		return -1
	}
	return -1
}
