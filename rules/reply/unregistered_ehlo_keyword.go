package reply

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var unregisteredEhloKeyword = &lint.Rule{
	ID:       "unregistered-ehlo-keyword",
	Title:    "An extension that is not registered",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Refs:     []lint.Ref{lint.RFC(5321, "2.2.2")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		lines := p.Exchanges[i].Reply.Lines
		for k := 1; k < len(lines); k++ {
			keyword, _, _ := strings.Cut(strings.TrimSpace(lines[k].Text), " ")
			if keyword == "" || keyword[0]|0x20 == 'x' || lineFlaw(lines[k].Text) != "" || strings.IndexByte(keyword, '=') >= 0 {
				continue
			}
			if codes.FindExtension(keyword) != nil || slices.Contains(habits, strings.ToUpper(keyword)) {
				continue
			}
			p.Report(p.ReplyLine(i, k), "%q is not a registered SMTP extension", keyword).
				Helpf("register it, or let its name begin with X")
		}
	},
	Doc: `
The keyword is not in the IANA registry of SMTP service extensions and does not
begin with X, as private ones do. Another extension may come to use the name.

# What to do

Register the extension, or begin its keyword with X.

# When it stays silent

On words that servers have had in their replies for decades: OK, TIME, and the
names of old commands. As the revision of RFC 5321 makes registration simpler,
the rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-FANCYMAIL
		# want
		S: 250 SIZE 1000000
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-X-FANCYMAIL
		S: 250-VRFY
		S: 250-SIZE 1000000
		S: 250 OK
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// habits are words that stand in replies to EHLO without being offers, and
// registered names of commands that no extension explains (RFC 5321 appendix
// F).
var habits = []string{"OK", "TIME", "VRFY", "VERB", "ONEX", "SEND", "SOML", "SAML", "TURN", "EXPN", "HELP"}
