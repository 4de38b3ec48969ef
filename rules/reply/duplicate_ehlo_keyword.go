package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// mostExtensions is more than any server offers.
const mostExtensions = 100

var duplicateEhloKeyword = &lint.Rule{
	ID:       "duplicate-ehlo-keyword",
	Title:    "An extension is offered twice",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.1"), lint.RFC(5321, "2.2.2")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    func(e *transcripts.Exchange) bool { j, _ := offeredTwice(e.Reply.Lines); return j > 0 },
	Exchange: func(p *lint.Pass, i int) {
		lines := p.Exchanges[i].Reply.Lines
		j, k := offeredTwice(lines)
		if j < 0 {
			return
		}
		_, had, _ := strings.Cut(strings.TrimSpace(lines[j].Text), " ")
		keyword, params, _ := strings.Cut(strings.TrimSpace(lines[k].Text), " ")
		d := p.Report(p.ReplyLine(i, k), "%s is offered twice", keyword).
			Note(p.ReplyLine(i, j), "it was offered here").
			Helpf("offer each extension once, with all its parameters on one line")
		if strings.EqualFold(strings.TrimSpace(had), strings.TrimSpace(params)) {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
Two lines of the reply to EHLO have the same keyword. With different parameters
it depends on the client which of them counts.

# What to do

Offer each extension once.

# When it stays silent

On "AUTH" beside the old form "AUTH=LOGIN", and on private keywords, which begin
with X. Where both lines say the same, the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE 1000000
		S: 250 SIZE 20000000
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-XNOTE one
		S: 250-XNOTE two
		S: 250 SIZE 20000000
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// offeredTwice returns the first two lines of the reply to EHLO that offer the
// same extension, or -1.
func offeredTwice(lines []transcripts.ReplyLine) (j, k int) {
	for k := 2; k < min(len(lines), mostExtensions); k++ {
		keyword, _, _ := strings.Cut(strings.TrimSpace(lines[k].Text), " ")
		if keyword == "" || keyword[0]|0x20 == 'x' {
			continue
		}
		for j := 1; j < k; j++ {
			before, _, _ := strings.Cut(strings.TrimSpace(lines[j].Text), " ")
			if strings.EqualFold(before, keyword) {
				return j, k
			}
		}
	}
	return -1, -1
}
