package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var requiredCommandNotImplemented = &lint.Rule{
	ID:       "required-command-not-implemented",
	Title:    "The server does not know a command that every server must have",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.1"), lint.RFC(5321, "4.3.2")},
	On: []transcripts.Verb{transcripts.EHLO, transcripts.HELO, transcripts.MAIL, transcripts.RCPT, transcripts.DATA,
		transcripts.RSET, transcripts.NOOP, transcripts.QUIT},
	Got:   []transcripts.Class{transcripts.Permanent},
	Hears: lint.Coded(500, 502),
	Exchange: func(p *lint.Pass, i int) {
		if !deniesRequired(p, i) {
			return
		}
		e := &p.Exchanges[i]
		verb := e.Command.Verb
		d := p.Report(p.Reply(i), "%v is a command that every server must have, but was answered %03d", verb, e.Reply.Code).
			Note(p.Command(i), "this was answered").
			Helpf("implement EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT and VRFY")
		if verb == transcripts.EHLO {
			d.AtMost(lint.Info).Helpf("the server is older than EHLO (1993); clients fall back to HELO")
		}
	},
	Doc: `
RFC 5321 names the commands that every server must know. 500 and 502 to one of
them leave the client without a way to go on.

# What to do

Implement them. RSET, NOOP and QUIT only have to be answered.

# When it stays silent

Where the command was malformed or out of order, or the server complains about
its argument, its length or too many errors; where LMTP is spoken, which has LHLO
instead; on port 366, where ODMR needs only some of them; and where message text
has got among the commands. A server that does not know EHLO may be an old one:
then the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: RSET
		S: 502 5.5.1 Command not implemented
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org SMTP
		C: EHLO client.example.com
		S: 500 Command not recognized
		# want
		C: HELO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 550 5.7.1 Not from your address
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# port: 366
		S: 220 mx.example.org ODMR
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ATRN
		C: MAIL FROM:<a@example.com>
		S: 502 5.5.1 Not here
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// deniesRequired reports whether a required command was answered as if it were
// not known, for no reason that is another fault.
func deniesRequired(p *lint.Pass, i int) bool {
	e := &p.Exchanges[i]
	switch {
	case e.Kind != transcripts.Ordered, e.Reply.Code != 500 && e.Reply.Code != 502:
		return false
	case e.Before.Adrift, e.Before.Closing, p.Port == 366, p.Unwelcome(), !transcripts.LooksLikeCommand(e.Command.Text):
		return false
	case e.Command.Verb.Hello() && p.SpeaksLMTP():
		return false
	case misplaced(p, i) != "", e.Command.Verb == transcripts.DATA && e.Before.Accepted == 0:
		return false
	}
	switch e.Command.Verb {
	case transcripts.EHLO, transcripts.HELO, transcripts.MAIL, transcripts.RCPT, transcripts.DATA, transcripts.RSET, transcripts.NOOP, transcripts.QUIT:
	default:
		return false
	}
	return notImplemented(&e.Reply)
}

// notImplemented reports whether a reply says that the command itself is not
// known or not implemented, rather than that something is wrong with its
// argument, its length, or who sends it.
func notImplemented(r *transcripts.Reply) bool {
	if s := status(r); s.Class != 0 && (s.Subject != 5 || s.Detail == 4) || forPolicy(r) {
		return false
	}
	if lint.Says(r, "long", "too many", "argument", "parameter", "address", "malformed", "length", "mechanism", "method") != "" {
		return false
	}
	if lint.Says(r, "unrecogni", "not recogni", "not implemented", "unimplemented", "unknown", "unsupported", "not supported", "not understood") != "" {
		return true
	}
	return r.Code == 502 && lint.Says(r, "syntax") == ""
}
