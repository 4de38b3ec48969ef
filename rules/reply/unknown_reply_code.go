package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var unknownReplyCode = &lint.Rule{
	ID:       "unknown-reply-code",
	Title:    "A reply code that no specification and no practice knows",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "4.2.1")},
	Adrift:   true,
	Hears:    func(e *transcripts.Exchange) bool { return unknown(e.Reply.Code) },
	Exchange: func(p *lint.Pass, i int) {
		code := p.Exchanges[i].Reply.Code
		if !unknown(code) {
			return
		}
		p.Report(p.Reply(i), "%03d is not a known SMTP reply code; clients go by its first digit, which means %s", code, meaning[code.Class()]).
			Helpf("send the nearest standard code, and say more with an enhanced code")
	},
	Doc: `
The code has the right form, but neither RFC 5321 nor an extension nor a server
in wide use knows it. There is no registry of reply codes, and clients must cope:
they go by the first digit.

# What to do

Send a standard code. What it does not say belongs into an enhanced code.

# When it stays silent

On codes of extensions and on those of widely used servers; smtplint codes lists
them.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 559 No
		# want
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 556 5.1.10 This domain takes no mail
		`),
	},
}

// unknown reports whether nobody knows a code although it has digits of SMTP's.
func unknown(code transcripts.Code) bool {
	return code != 0 && !strange(code) && !oddSecond(code) && !codes.Listed(code)
}
