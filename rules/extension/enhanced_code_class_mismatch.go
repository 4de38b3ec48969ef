package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodeClassMismatch = &lint.Rule{
	ID:       "enhanced-code-class-mismatch",
	Title:    "The enhanced status code contradicted the reply code",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(2034, "4"), lint.RFC(3463, "2")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Got:      []transcripts.Class{transcripts.Success, transcripts.Transient, transcripts.Permanent},
	Hears:    func(e *transcripts.Exchange) bool { return otherClass(&e.Reply) || len(e.More) > 0 },
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		contradicts(p, i, &e.Reply, -1)
		for k := range e.More {
			contradicts(p, i, &e.More[k], k)
		}
	},
	Doc: `
The first digit of the enhanced status code must be that of the reply code: 2
with 2yz, 4 with 4yz, 5 with 5yz. Where they differ, one client tries again what
another gives up.

# What to do

Make both say the same.

# When it stays silent

On the greeting, on replies to EHLO and HELO, and on 211 and 214, where a number
with periods is rather the version of a program. It must stand at the beginning
of the text, and a space behind it. A server that does not list
ENHANCEDSTATUSCODES makes it a warning.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 450 5.2.1 Mailbox busy
		# want
		`),
		lint.Bad(`
		# mode: lmtp
		# excerpt
		C: LHLO client.example.com
		S: 250-store.example.org
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
		S: 552 4.2.2 Mailbox full
		# want
		`),
		lint.Good(`
		S: 220 4.8.1 ready
		C: HELO client.example.com
		S: 250 5.1.1 is the version here
		C: HELP
		S: 214 5.1.1 is the version here
		C: MAIL FROM:<a@example.com>
		S: 450 4.2.1 Mailbox busy
		C: NOOP
		S: 250 4.4.4.4 is the address, and 5.6 the version
		`),
	},
}

// contradicts reports a reply whose enhanced status code is of another class.
// It is further reply k of exchange i, or its first where k is -1.
func contradicts(p *lint.Pass, i int, r *transcripts.Reply, k int) {
	if !otherClass(r) {
		return
	}
	l := first(r)
	e := &p.Exchanges[i]
	status, _, ok := codes.ParseStatusCode(l.Text)
	if !ok || greets(e) || l.Code == 211 || l.Code == 214 || l.Code.Class() == transcripts.Intermediate {
		return
	}
	place := at(p, i, 0, status.String())
	if k >= 0 {
		place = p.MoreReply(i, k)
	}
	d := p.Report(place, "reply %03d to %s carried %v, which is of another class", l.Code, answered(e), status).
		Helpf("send %d.%d.%d with %03d, or another reply code with %v", l.Code/100, status.Subject, status.Detail, l.Code, status)
	if !promised(e) {
		d.AtMost(lint.Warning)
	}
}

// otherClass reports whether a reply seems to carry an enhanced status code of
// another class.
func otherClass(r *transcripts.Reply) bool {
	l := first(r)
	return l != nil && looksCoded(l.Text) && transcripts.Code(l.Text[0]-'0') != l.Code/100
}
