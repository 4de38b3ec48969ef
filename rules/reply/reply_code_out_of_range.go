package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var replyCodeOutOfRange = &lint.Rule{
	ID:       "reply-code-out-of-range",
	Title:    "A reply code that SMTP does not have",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "4.3.2")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Hears:    func(e *transcripts.Exchange) bool { return strange(e.Reply.Code) || oddSecond(e.Reply.Code) },
	Exchange: func(p *lint.Pass, i int) {
		code := p.Exchanges[i].Reply.Code
		switch {
		case code == 0:
		case strange(code):
			p.Report(p.Reply(i), "%03d is no SMTP reply code: the first digit is 2, 3, 4 or 5", code).
				Helpf("send 2yz for success, 3yz to ask for more, 4yz for a failure that will pass, 5yz for one that will not")
		case oddSecond(code):
			p.Report(p.Reply(i), "%03d is outside the grammar of reply codes: the second digit is 0 to 5", code).
				AtMost(lint.Info).
				Helpf("send a standard code, and say the rest with an enhanced code such as %d.7.1", code/100)
		}
	},
	Doc: `
The first digit of a reply code is 2, 3, 4 or 5, the second 0 to 5. Clients go by
the first digit; one that is none of these they take for a fatal error. 1yz is
FTP, not SMTP.

# What to do

Send a code of RFC 5321. What it does not say belongs into an enhanced code.

# When it stays silent

On codes of the right form that nobody knows; that is unknown-reply-code. Codes
such as 571 have only their second digit wrong: clients understand them, and the
finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP
		S: 150 Please wait
		# want
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 571 5.7.1 Delivery not authorized
		# want
		`),
		lint.Good(`
		# excerpt
		C: NOOP
		S: 250 2.0.0 Ok
		C: RCPT TO:<b@example.org>
		S: 559 Not this one
		`),
	},
}

// strange reports whether the first digit of a code is none of SMTP's.
func strange(c transcripts.Code) bool {
	return c != 0 && (c < 200 || c.Class() == transcripts.Strange)
}

// oddSecond reports whether the second digit is none of SMTP's.
func oddSecond(c transcripts.Code) bool { return c/10%10 > 5 }
