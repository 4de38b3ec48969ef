package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var replyWithoutText = &lint.Rule{
	ID:       "reply-without-text",
	Title:    "A reply was a bare code without text",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Hears:    wordless,
	Session: func(p *lint.Pass) {
		first, n, worded := -1, 0, false
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			switch {
			case !e.Reply.Recorded() || e.Reply.Open || e.Reply.Code == 334:
			case !wordless(e):
				worded = true
			case first < 0:
				first, n = i, 1
			default:
				n++
			}
		}
		if first < 0 || !worded {
			return // or the recorder keeps codes only
		}
		code := p.Exchanges[first].Reply.Code
		p.Report(p.Reply(first), "%03d came without any text%s", code, more(n-1)).
			Helpf("add a few words; begin 220, 221 and 421 with the host's name")
	},
	Doc: `
A server should say a few words behind every code. Some clients cannot read a
line that ends with the code, and people who read logs learn nothing from it.

# What to do

Send a short text with each reply.

# When it stays silent

On 334, whose text may be empty. Where no reply of the session has a text, the
recorder may keep codes only. Only the first such reply of a session is shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: NOOP
		S: 250
		# want
		C: RSET
		S: 250
		C: QUIT
		S: 221 mx.example.org Bye
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN
		S: 334
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		S: 220
		C: NOOP
		S: 250
		C: QUIT
		S: 221
		`),
	},
}

// wordless reports whether a reply has no text.
func wordless(e *transcripts.Exchange) bool {
	r := &e.Reply
	return r.Recorded() && !r.Open && r.Code != 334 && strings.TrimSpace(r.Lines[len(r.Lines)-1].Text) == ""
}
