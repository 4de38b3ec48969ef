package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var vrfySuccessWithoutMailbox = &lint.Rule{
	ID:       "vrfy-success-without-mailbox",
	Title:    "250 to VRFY or EXPN does not name the mailbox",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.5.1"), lint.RFC(5321, "3.5.2"), lint.RFC(5321, "3.5.3"), lint.RFC(5321, "7.3")},
	On:       []transcripts.Verb{transcripts.VRFY, transcripts.EXPN},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 250 || hasMailbox(&e.Reply) || anonymous(&e.Reply) {
			return
		}
		p.Report(p.ReplyLine(i, 0), "250 to %v says that the address was verified, and must name the mailbox", e.Command.Verb).
			Helpf("answer \"250 Full Name <user@example.org>\", or 252 where the address was not looked up")
	},
	Doc: `
250 to VRFY says: this is the mailbox that you mean. The mailbox must be in the
text, as user@domain. A server that answers 250 to everything makes clients take
every address for a good one.

# What to do

Name the mailbox; or answer 252, which promises nothing.

# When it stays silent

On 252, and where the recorder has hidden addresses.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: VRFY bob
		S: 250 2.0.0 Ok
		# want
		`),
		lint.Good(`
		# excerpt
		C: VRFY bob
		S: 252 2.5.0 Cannot VRFY user, but will accept message and attempt delivery
		C: EXPN staff
		S: 250-Alice <alice@example.org>
		S: 250 Bob <bob@example.org>
		`),
		lint.Good(`
		# excerpt
		C: VRFY bob
		S: 250 2.1.5 <***>
		`),
	},
}

// hasMailbox reports whether the text of a reply names a mailbox.
func hasMailbox(r *transcripts.Reply) bool {
	for i := range r.Lines {
		text := r.Lines[i].Text
		if at := strings.IndexByte(text, '@'); at > 0 && at < len(text)-1 && text[at-1] != ' ' && text[at+1] != ' ' {
			return true
		}
	}
	return false
}
