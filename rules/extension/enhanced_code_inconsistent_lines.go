package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodeInconsistentLines = &lint.Rule{
	ID:       "enhanced-code-inconsistent-lines",
	Title:    "The lines of one reply did not have the same enhanced status code",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(2034, "4")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Got:      []transcripts.Class{transcripts.Success, transcripts.Transient, transcripts.Permanent},
	Hears: func(e *transcripts.Exchange) bool {
		return len(e.Reply.Lines) > 1 && !greets(e)
	},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		r := &e.Reply
		if len(r.Lines) < 2 || greets(e) {
			return
		}
		status, _, ok := codes.ParseStatusCode(r.Lines[0].Text)
		for k := 1; k < len(r.Lines); k++ {
			l := &r.Lines[k]
			other, _, has := codes.ParseStatusCode(l.Text)
			if l.Code != r.Lines[0].Code || has == ok && other == status {
				continue
			}
			said := "had none"
			if has {
				said = "had " + other.String()
			}
			before := "had none"
			if ok {
				before = "had " + status.String()
			}
			d := p.Report(p.ReplyLine(i, k), "this line of the reply to %s %s, the first one %s", answered(e), said, before).
				Note(p.ReplyLine(i, 0), "the first line").
				Helpf("repeat the enhanced status code on every line")
			if !promised(e) {
				d.AtMost(lint.Info)
			}
			return
		}
	},
	Doc: `
A reply of several lines has one enhanced status code, and every line begins with
it. A client that puts the lines together takes the second code for text, or the
text for a code.

# What to do

Begin each line with the same code.

# When it stays silent

On replies to EHLO and HELO. A server that does not list ENHANCEDSTATUSCODES
makes it an info. Lines with different reply codes are multiline-code-mismatch.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: RCPT TO:<b@example.org>
		S: 550-5.7.1 Blocked
		S: 550 see http://example.org/why
		# want
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550-5.7.1 Blocked
		S: 550-5.7.1 see http://example.org/why
		S: 550 5.1.1 or else
		# want
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<a@example.com>
		S: 550-5.7.1 Blocked
		S: 550 5.7.1 see http://example.org/why
		`),
	},
}
