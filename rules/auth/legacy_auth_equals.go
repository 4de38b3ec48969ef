package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var legacyAuthEquals = &lint.Rule{
	ID:       "legacy-auth-equals",
	Title:    "AUTH was offered in the form \"AUTH=\" only",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "3"), lint.RFC(5321, "4.1.1.1")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		offers := p.Exchanges[i].Reply.Offers()
		legacy := -1
		for k := range offers.Len() {
			switch keyword, _ := offers.Line(k); {
			case strings.EqualFold(keyword, "AUTH"):
				return
			case legacy < 0 && len(keyword) >= 5 && strings.EqualFold(keyword[:5], "AUTH="):
				legacy = k
			}
		}
		if legacy >= 0 && offers.Known() {
			p.Report(p.ReplyLine(i, legacy+1), "AUTH was offered only in the form from before its specification, with \"=\"").
				Helpf("send the mechanisms behind \"AUTH \" and a space")
		}
	},
	Doc: `
Some clients of the last century looked for "AUTH=LOGIN". The specification
knows only "AUTH LOGIN", and clients that follow it do not find the other form.

# What to do

Send the line with a space; the old form may stand beside it, and is not needed
any more.

# When it stays silent

Where both forms are there.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH=LOGIN CRAM-MD5
		# want
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-AUTH=LOGIN CRAM-MD5
		S: 250 AUTH LOGIN CRAM-MD5
		`),
	},
}
