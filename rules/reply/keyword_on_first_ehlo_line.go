package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var keywordOnFirstEhloLine = &lint.Rule{
	ID:       "keyword-on-first-ehlo-line",
	Title:    "An extension stood on the first line of the reply to EHLO",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.1")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    func(e *transcripts.Exchange) bool { return keywordFirst(&e.Reply) != "" },
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		word := keywordFirst(r)
		if word == "" {
			return
		}
		p.Report(p.ReplyLine(i, 0), "%s stands on the first line of the reply, where the server's name belongs; clients do not see this extension", word).
			Helpf("send %03d-<host name> first, and the extensions on the lines behind it", r.Code)
	},
	Doc: `
The first line of the reply to EHLO names the server; extensions begin on the
second. Clients skip the first line, so an extension that stands there is not
offered.

# What to do

Send the host's name first.

# When it stays silent

On replies of a single line, and on hosts whose name only begins like a keyword.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-STARTTLS
		# want
		S: 250-SIZE 1000000
		S: 250 8BITMIME
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-STARTTLS
		S: 250 8BITMIME
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 auth.example.org ESMTP
		C: EHLO client.example.com
		S: 250-auth.example.org
		S: 250 8BITMIME
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 size ESMTP
		C: EHLO client.example.com
		S: 250 size
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// keywordFirst returns the keyword that the first of several lines of a reply
// begins with, or "".
func keywordFirst(r *transcripts.Reply) string {
	word, _, _ := strings.Cut(strings.TrimSpace(r.Lines[0].Text), " ")
	if len(r.Lines) < 2 || codes.FindExtension(word) == nil {
		return ""
	}
	return word
}
