package reply

import (
	"fmt"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// expected names the only positive code of the commands after which client
// and server must be in the same state (RFC 5321 §4.3.2; RFC 3207 §4; RFC 4954
// §4; RFC 3030 §2).
var expected = [transcripts.NumVerbs]struct {
	class transcripts.Class
	code  string
}{
	transcripts.DATA:     {transcripts.Intermediate, "354"},
	transcripts.MAIL:     {transcripts.Success, "250"},
	transcripts.RCPT:     {transcripts.Success, "250 or 251"},
	transcripts.BDAT:     {transcripts.Success, "250"},
	transcripts.RSET:     {transcripts.Success, "250"},
	transcripts.NOOP:     {transcripts.Success, "250"},
	transcripts.EHLO:     {transcripts.Success, "250"},
	transcripts.HELO:     {transcripts.Success, "250"},
	transcripts.LHLO:     {transcripts.Success, "250"},
	transcripts.STARTTLS: {transcripts.Success, "220"},
}

// onlyTo names what some codes answer, and nothing else.
var onlyTo = map[transcripts.Code]string{
	220: "the connection, STARTTLS and XCLIENT",
	235: "AUTH",
	334: "AUTH",
	354: "DATA",
}

var wrongPositiveReply = &lint.Rule{
	ID:       "wrong-positive-reply",
	Title:    "A positive reply of the wrong kind",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.3.2"), lint.RFC(5321, "4.2.1"), lint.RFC(3207, "4"), lint.RFC(4954, "4"), lint.RFC(3030, "2")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered, transcripts.Content},
	Got:      []transcripts.Class{transcripts.Success, transcripts.Intermediate},
	Hears: func(e *transcripts.Exchange) bool {
		_, want := mismatch(e)
		return want != "" || e.Kind == transcripts.Answered
	},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		what, want := mismatch(e)
		if want == "" {
			return
		}
		code := e.Reply.Code
		message := fmt.Sprintf("%s was answered %03d; %s is required", what, code, want)
		if allowed := codes.AllowedIn(e); onlyTo[code] != "" && allowed != nil {
			message = fmt.Sprintf("%03d is only a reply to %s; %s allows %s", code, onlyTo[code], what, inShort(allowed.Expected()))
		}
		d := p.Report(p.Reply(i), "%s, so client and server may now disagree about what comes next", message).
			Note(p.Did(i), "this was answered").
			Helpf("answer %s with %s when it succeeds", what, want)
		if what == "AUTH" && e.Reply.Code.OK() {
			d.AtMost(lint.Warning)
		}
	},
	Doc: `
A 2yz says that a command is done, a 3yz that the server waits for more. A reply
of the wrong kind leaves the two ends in different states: a client that gets
250 for DATA believes that the message is delivered, while the server waits for
it, or the other way round.

# What to do

Answer DATA with 354, STARTTLS with 220, AUTH with 235 or 334, and MAIL, RCPT,
BDAT, RSET, NOOP, EHLO and the end of a message with 250.

# When it stays silent

On refusals, whichever code they use. RCPT may be answered with any 2yz. MAIL
may be answered 355 where the server resumes a transaction (RFC 1845), and the
end of a message 353 where each recipient gets a reply of its own (PRDR).
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 250 2.0.0 Ok, send it
		# want
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 250 2.0.0 Go ahead
		# want
		`),
		lint.Good(`
		# Each recipient has a reply of its own.
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
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 251 2.1.5 It will be forwarded to <b@example.net>
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: ****
		S: 334 UGFzc3dvcmQ6
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: ETRN example.org
		S: 253 Ok, 3 messages for example.org
		`),
	},
}

// mismatch says which positive reply would have been required in the place of
// that in e, or nothing where that is of the right kind.
func mismatch(e *transcripts.Exchange) (what, want string) {
	code, class := e.Reply.Code, e.Reply.Code.Class()
	verb := e.Command.Verb
	switch {
	case class != transcripts.Success && class != transcripts.Intermediate, code == 221: // 221-without-quit
	case e.Kind == transcripts.Answered, e.Kind == transcripts.Ordered && verb == transcripts.AUTH:
		if code != 235 && code != 334 && (e.Kind == transcripts.Ordered || e.Command.Text != "") {
			return "AUTH", "235, or 334 for the next step,"
		}
	case e.Kind == transcripts.Content:
		if class == transcripts.Intermediate && code != transcripts.EachFollows {
			return "the end of the message", "250"
		}
	case e.Kind != transcripts.Ordered:
	case verb == transcripts.STARTTLS && class == transcripts.Success && code != 220:
		return "STARTTLS", "220"
	case verb == transcripts.MAIL && code == 355:
		// RFC 1845 lets a server offer to resume a transaction.
	default:
		if must := &expected[verb]; must.code != "" && class != must.class {
			return verb.String(), must.code
		}
	}
	return "", ""
}
