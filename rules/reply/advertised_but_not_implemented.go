package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// offeredBy names the extension that a command comes with (RFC 5321 §4.2.4).
var offeredBy = map[transcripts.Verb]string{
	transcripts.STARTTLS: "STARTTLS",
	transcripts.AUTH:     "AUTH",
	transcripts.BDAT:     "CHUNKING",
	transcripts.ETRN:     "ETRN",
	transcripts.ATRN:     "ATRN",
	transcripts.BURL:     "BURL",
	transcripts.EXPN:     "EXPN",
	transcripts.VRFY:     "VRFY",
	transcripts.HELP:     "HELP",
}

var advertisedButNotImplemented = &lint.Rule{
	ID:       "advertised-but-not-implemented",
	Title:    "The server does not know a command that it had offered",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2.4")},
	On: []transcripts.Verb{transcripts.STARTTLS, transcripts.AUTH, transcripts.BDAT, transcripts.ETRN, transcripts.ATRN,
		transcripts.BURL, transcripts.EXPN, transcripts.VRFY, transcripts.HELP},
	Got: []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		keyword := offeredBy[e.Command.Verb]
		if !offersButDenies(e) || loggedInSince(p, i) {
			return
		}
		d := p.Report(p.Reply(i), "%s was offered, but %v was answered %03d", keyword, e.Command.Verb, e.Reply.Code)
		for k := range e.Before.Offers.Len() {
			if word, _ := e.Before.Offers.Line(k); word == keyword {
				d.Note(lint.Place{Span: e.Before.Offers.At(k), Party: transcripts.Server, Text: "250-" + word, To: 4 + len(word)}, "offered here")
			}
		}
		if lint.Says(&e.Reply, "already", "first", "encrypt", "tls", "secure", "not available when") != "" {
			d.AtMost(lint.Info).Helpf("refuse a command that cannot be used now with 503, or 530 where TLS or a login is missing")
			return
		}
		d.Helpf("implement %v, or do not offer %s", e.Command.Verb, keyword)
	},
	Doc: `
500 and 502 say that a command is not known or not implemented; the reply to EHLO
had offered the extension that it belongs to. A client that relies on the offer
fails.

# What to do

Offer only what works.

# When it stays silent

Where the argument was refused rather than the command; and where the client has
logged in since, as servers then offer something else. Where the text says that
the command cannot be used now, the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ETRN
		C: ETRN example.com
		S: 502 5.5.1 Not implemented
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ETRN
		C: ETRN example.com
		S: 250 2.0.0 Queuing started
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 500 5.5.4 Bad arguments
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-AUTH EXTERNAL
		S: 250 ETRN
		C: AUTH EXTERNAL =
		S: 235 2.7.0 Welcome
		C: ETRN example.com
		S: 502 5.5.1 Not for you
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// offersButDenies reports whether the command in e was answered as if it were
// not known, although the extension that it belongs to is offered.
func offersButDenies(e *transcripts.Exchange) bool {
	return (e.Reply.Code == 500 || e.Reply.Code == 502) && e.Before.Offers.Has(offeredBy[e.Command.Verb]) && notImplemented(&e.Reply)
}

// loggedInSince reports whether AUTH has succeeded since the extensions in
// force at exchange i were offered.
func loggedInSince(p *lint.Pass, i int) bool {
	for j := i - 1; j >= max(0, i-lint.LookBack); j-- {
		switch e := &p.Exchanges[j]; {
		case e.Reply.Code == 235:
			return true
		case e.Kind == transcripts.Ordered && e.Command.Verb.Hello() && e.Reply.Code.OK():
			return false
		}
	}
	return false
}
