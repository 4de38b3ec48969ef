package extension

import (
	"fmt"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodeMissing = &lint.Rule{
	ID:       "enhanced-code-missing",
	Title:    "A reply had no enhanced status code, although the server had promised them",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2034, "3"), lint.RFC(2034, "4")},
	Hears:    uncoded,
	Session: func(p *lint.Pass) {
		var offers *transcripts.Offers // the list that promises says something about
		promises := false
		found, info, others := -1, -1, 0
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Before.Offers == nil || !uncoded(e) {
				continue
			}
			if e.Before.Offers != offers {
				offers = e.Before.Offers
				promises = offers.Has(statusCodes)
			}
			switch {
			case !promises || e.Before.Adrift:
			case harmless(e):
				if info < 0 {
					info = i
				}
			case found < 0:
				found = i
			default:
				others++
			}
		}
		i := found
		if i < 0 {
			if i = info; i < 0 {
				return
			}
		}
		e := &p.Exchanges[i]
		d := p.Report(p.Reply(i), "%s was promised, but reply %03d to %s had no enhanced status code%s",
			statusCodes, e.Reply.Code, answered(e), more(others)).
			Note(offer(e.Before.Offers, statusCodes), "promised here").
			Helpf("begin the text with class, subject and detail, such as \"%03d %d.0.0 ...\"", e.Reply.Code, e.Reply.Code/100)
		if found < 0 {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
A server that lists ENHANCEDSTATUSCODES must begin the text of every 2yz, 4yz and
5yz reply with an enhanced status code, such as 5.1.1. A client that relies on it
reads the first word of the text as the code, or has nothing to tell the sender.

# What to do

Begin the text with the code, also where a library or a filter makes the reply.

# When it stays silent

On 3yz, on the greeting, and on replies to EHLO and HELO, which carry none. Only
the first such reply of a session is shown. It is an info where just 220, 221,
214, 421 or the replies to ETRN are bare: these often come from elsewhere. A
recorder that leaves lines out may have put words of its own in their place.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: RCPT TO:<nobody@example.org>
		S: 550 No such user
		# want
		C: RCPT TO:<somebody@example.org>
		S: 550 No such user
		C: QUIT
		S: 221 Bye
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: NOOP
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 Bye
		# want
		`),
		lint.Good(`
		# XCLIENT is answered with another greeting.
		S: 220 mx.example.org ESMTP
		C: EHLO proxy.example.com
		S: 250-mx.example.org
		S: 250-XCLIENT NAME ADDR
		S: 250 ENHANCEDSTATUSCODES
		C: XCLIENT NAME=client.example.com ADDR=192.0.2.1
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// uncoded reports whether a reply that could have an enhanced status code has
// none. One that is malformed is none of this.
func uncoded(e *transcripts.Exchange) bool {
	if l := first(&e.Reply); l != nil && (len(l.Text) < 2 || l.Text[1] != '.') && l.Text != "" && !greets(e) {
		return e.Reply.Code.OK() || e.Reply.Code.Failed()
	}
	return false
}

// harmless are replies that often come from another program than the server, or
// that nobody reads.
func harmless(e *transcripts.Exchange) bool {
	switch e.Reply.Code {
	case 214, 220, 221, 421:
		return true
	}
	return e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.ETRN
}

// more says how many others there are of what is reported once for a session.
func more(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "; nor had one other reply"
	}
	return fmt.Sprintf("; nor had %d other replies", n)
}
