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
	Hears:    func(e *transcripts.Exchange) bool { return legacyOnly(&e.Reply) >= 0 },
	Exchange: func(p *lint.Pass, i int) {
		if legacy := legacyOnly(&p.Exchanges[i].Reply); legacy >= 0 {
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

// legacyOnly returns the offer with "=" in a reply that has no other one of AUTH,
// or -1.
func legacyOnly(r *transcripts.Reply) int {
	offers := r.Offers()
	legacy := -1
	for k := range offers.Len() {
		switch keyword, _ := offers.Line(k); {
		case strings.EqualFold(keyword, "AUTH"):
			return -1
		case legacy < 0 && len(keyword) >= 5 && strings.EqualFold(keyword[:5], "AUTH="):
			legacy = k
		}
	}
	if !offers.Known() {
		return -1
	}
	return legacy
}
