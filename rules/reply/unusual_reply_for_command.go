package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var unusualReplyForCommand = &lint.Rule{
	ID:       "unusual-reply-for-command",
	Title:    "A reply code that does not belong to the command",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.3.2")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered, transcripts.Content},
	Hears:    unusual,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !unusual(e) || explained(p, i) {
			return
		}
		allowed := codes.AllowedIn(e)
		p.Report(p.Reply(i), "%03d is an unusual answer to %s, which is answered %s", e.Reply.Code, named(e), inShort(allowed.Expected())).
			Note(p.Did(i), "this was answered").
			Helpf("use a code of that list, so that clients and people see what was meant")
	},
	Doc: `
RFC 5321 lists the codes that each command may be answered with. This one is
known, and its first digit leaves the client in the right state, but it says
something that does not fit the command.

# What to do

Use a code from the list.

# When it stays silent

On codes that may answer everything (421, 500, 501), on 530 where TLS or a login
is missing and 554 where TLS is too weak, after a greeting that refused the
client, and on what servers in wide use are known to send. On everything that a
rule of its own explains.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP
		S: 211 2.0.0 All fine
		# want
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 450 4.7.1 Come back later
		C: MAIL FROM:<c@example.com>
		S: 530 5.7.0 Must issue a STARTTLS command first
		C: HELP
		S: 250 2.0.0 See RFC 5321
		C: MAIL FROM:<d@example.com>
		S: 421 4.3.2 mx.example.org Shutting down
		`),
	},
}

// unusual reports whether a code is none of those that the reference lists for
// what it answers.
func unusual(e *transcripts.Exchange) bool {
	allowed := codes.AllowedIn(e)
	return allowed != nil && e.Reply.Recorded() && !e.Reply.Open && allowed.Standing(e.Reply.Code) == codes.Foreign
}

// explained reports whether another rule is about the reply in exchange i, or
// the state of the session makes it a usual one.
func explained(p *lint.Pass, i int) bool {
	e := &p.Exchanges[i]
	code := e.Reply.Code
	verb := e.Command.Verb
	switch {
	case strange(code), oddSecond(code), !codes.Listed(code): // codes that nobody has
		return true
	case code == 221, code == 521, code == 556: // 221-without-quit, 521-outside-greeting, 556-outside-rcpt
		return true
	case verb == transcripts.QUIT && e.Kind == transcripts.Ordered: // quit-not-221
		return true
	case code == codes.AfterWeakTLS && e.Before.Secure == transcripts.Yes, p.Unwelcome(), e.Before.Closing:
		return true
	}
	if _, want := mismatch(e); want != "" { // wrong-positive-reply
		return true
	}
	if e.Kind != transcripts.Ordered {
		return false
	}
	switch {
	case verb <= transcripts.Unknown: // unknown-command-code
		return true
	case verb == transcripts.VRFY && code.Failed(): // vrfy-disabled-should-be-252
		return true
	case (verb == transcripts.RSET || verb == transcripts.NOOP) && code.Failed(): // rset-or-noop-refused
		return true
	case verb == transcripts.RCPT && tooMany(&e.Reply): // too-many-recipients-code
		return true
	case verb.Hello() && p.SpeaksLMTP():
		return true
	case offersButDenies(e), deniesRequired(p, i):
		return true
	}
	return misplaced(p, i) != "" || wrongForSequence(p, i)
}
