package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var malformedReply = &lint.Rule{
	ID:       "malformed-reply",
	Title:    "A line of the server was no SMTP reply",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "2.4")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Hears:    func(e *transcripts.Exchange) bool { return malformed(&e.Reply) >= 0 },
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		k := malformed(r)
		if k < 0 {
			return
		}
		at := p.ReplyLine(i, k)
		d := p.Report(at, "%q is no SMTP reply: a reply line starts with three digits and a space or a hyphen", at.Text)
		if code := r.Lines[k].Code; code != 0 {
			d.Helpf("put a space or a hyphen after the code: %03d text", code)
		} else {
			d.Helpf("begin every line of a reply with its code")
		}
	},
	Doc: `
A reply line is a code of three digits, then a space and text, a hyphen and text
where more lines follow, or nothing. Clients read the code by its place; what
does not fit is taken for an error, or for the end of the connection.

# What to do

Write every line of a reply as "250 text" or "250-text".

# When it stays silent

Marks and times that the recorder put before a line are taken off first.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP
		S: 250: Ok
		# want
		`),
		lint.Bad(`
		# excerpt
		C: HELP
		S: 214-Commands:
		S: EHLO MAIL RCPT
		# want
		S: 214 That is all
		`),
		lint.Good(`
		# excerpt
		C: NOOP
		S: 250
		`),
		lint.Good(`
		# excerpt
		10:00:00 C: NOOP
		10:00:01 S: 250 2.0.0 Ok
		`),
	},
}

// malformed returns the first line of a reply that breaks the grammar, or -1.
func malformed(r *transcripts.Reply) int {
	for k := range r.Lines {
		if r.Lines[k].Malformed() {
			return k
		}
	}
	return -1
}
