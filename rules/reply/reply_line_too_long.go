package reply

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Longest lines of a server in octets, with CRLF: replies (RFC 5321
// §4.5.3.1.5), and challenges in an AUTH exchange (RFC 4954 §4).
const (
	replyLimit     = 512
	challengeLimit = 12288
)

var replyLineTooLong = &lint.Rule{
	ID:       "reply-line-too-long",
	Title:    "A line of a reply was too long",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.5"), lint.RFC(4954, "4")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Hears:    func(e *transcripts.Exchange) bool { return slices.ContainsFunc(e.Reply.Lines, tooLong) },
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		for k := range r.Lines {
			l := &r.Lines[k]
			if !tooLong(*l) {
				continue
			}
			n, limit := measure(l)
			p.Report(p.ReplyLine(i, k), "the line has %d octets; a line of a reply has at most %d", n, limit).
				Helpf("spread the text over several lines with a hyphen after the code: %03d-...", l.Code)
			return
		}
	},
	Doc: `
A line of a reply has at most 512 octets, with its code and CRLF. Clients may cut
longer ones off, or take the rest for another reply.

# What to do

Break long texts into a reply of several lines.

# When it stays silent

On challenges in an AUTH exchange, which may have 12288 octets, and on lines that
the recorder has put together from several. Lines that are no replies at all are
another fault.
`,
	Examples: []lint.Example{
		lint.LongBad(func() string {
			return `
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.7.1 ` + strings.Repeat("This text says the same again. ", 20) + `
		# want
		`
		}),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550-5.7.1 ` + strings.Repeat("first part ", 40) + `
		S: 550 5.7.1 ` + strings.Repeat("second part ", 40) + `
		`
		}),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: AUTH GSSAPI
		S: 334 ` + strings.Repeat("YIICgwYJ", 80) + `
		`
		}),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550-5.7.1 ` + strings.Repeat("first part ", 40) + `550 5.7.1 ` + strings.Repeat("second part ", 40) + `
		`
		}),
	},
}

// measure returns the length of a line in octets, and the greatest allowed.
func measure(l *transcripts.ReplyLine) (n, limit int) {
	n, limit = len("250 ")+len(l.Text)+len("\r\n"), replyLimit
	if l.Code == 334 {
		limit = challengeLimit
	}
	return n, limit
}

func tooLong(l transcripts.ReplyLine) bool {
	n, limit := measure(&l)
	return n > limit && !l.Malformed() && !joined(&l)
}

// joined reports whether the recorder seems to have put several lines of a
// reply into one: the code stands again in the text.
func joined(l *transcripts.ReplyLine) bool {
	digits := string([]byte{'0' + byte(l.Code/100), '0' + byte(l.Code/10%10), '0' + byte(l.Code%10)})
	return strings.Contains(l.Text, digits+"-") || strings.Contains(l.Text, digits+" ")
}
