package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var forwardReplyWithoutPath = &lint.Rule{
	ID:       "forward-reply-without-path",
	Title:    "251 or 551 does not name the new address",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "3.4")},
	On:       []transcripts.Verb{transcripts.RCPT, transcripts.VRFY, transcripts.EXPN},
	Got:      []transcripts.Class{transcripts.Success, transcripts.Permanent},
	Hears:    lint.Coded(251, 551),
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		if r.Code != 251 && r.Code != 551 || hasPath(r) || anonymous(r) {
			return
		}
		d := p.Report(p.ReplyLine(i, 0), "%03d must name the new address in angle brackets, because clients read it", r.Code)
		if r.Code == 251 {
			d.Helpf("answer \"251 User not local; will forward to <user@example.net>\", or plain 250")
		} else {
			d.Helpf("answer \"551 User not local; please try <user@example.net>\", or plain 550")
		}
	},
	Doc: `
251 says that mail is forwarded, 551 that it should be sent elsewhere. Both name
the address in the text, and clients read it there.

# What to do

Give the address as <user@domain>, or answer 250 or 550.

# When it stays silent

On 251 to ETRN, which has another meaning, and where the recorder has hidden
addresses.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 251 2.1.5 Will forward
		# want
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 551 5.1.6 User has moved to b@example.net
		# want
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 251 2.1.5 User not local; will forward to <b@example.net>
		C: RCPT TO:<c@example.org>
		S: 551 5.1.6 User not local; please try <***@example.net>
		C: ETRN example.org
		S: 251 2.0.0 No messages waiting
		`),
	},
}

// hasPath reports whether the text of a reply has a path in angle brackets.
func hasPath(r *transcripts.Reply) bool {
	for i := range r.Lines {
		text := r.Lines[i].Text
		if from := strings.IndexByte(text, '<'); from >= 0 {
			to := strings.IndexByte(text[from:], '>')
			if at := strings.IndexByte(text[from:], '@'); at > 0 && to > at {
				return true
			}
		}
	}
	return false
}
