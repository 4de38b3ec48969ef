package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var binarymimeWithoutChunking = &lint.Rule{
	ID:       "binarymime-without-chunking",
	Title:    "BINARYMIME was offered without CHUNKING",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "3")},
	On:       greetings,
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    lint.Offered("BINARYMIME"),
	Exchange: func(p *lint.Pass, i int) {
		offeredAlone(p, i, "BINARYMIME", "CHUNKING", "a binary message can only be sent with BDAT")
	},
	Doc: `
A binary message can be sent with BDAT only, so BINARYMIME is of no use, and not
allowed, without CHUNKING.

# What to do

Offer both or neither.

# When it stays silent

Where a device between the two has overwritten keywords: CHUNKING may be under
one of them. Where not all of the reply is on record.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 BINARYMIME
		# want
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 BINARYMIME
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 BINARYMIME
		`),
	},
}

// offeredAlone reports that an extension is offered without another one that
// it cannot do without.
func offeredAlone(p *lint.Pass, i int, keyword, other, because string) {
	offers := p.Exchanges[i].Reply.Offers()
	if !alone(&offers, keyword, other) || again(p, i, func(j int) bool {
		e := &p.Exchanges[j]
		o := e.Reply.Offers()
		return e.Kind == transcripts.Ordered && e.Command.Verb.Hello() && e.Reply.Code.OK() && alone(&o, keyword, other)
	}) {
		return
	}
	p.Report(offer(&offers, keyword), "%s was offered without %s, but %s", keyword, other, because).
		Helpf("offer both or neither")
}

func alone(o *transcripts.Offers, keyword, other string) bool {
	return o.Has(keyword) && o.Lacks(other) && !overwritten(o)
}

// overwritten reports whether a keyword of the list looks as if a firewall had
// put a row of X over it.
func overwritten(o *transcripts.Offers) bool {
	for k := range o.Len() {
		if keyword, _ := o.Line(k); len(keyword) >= 4 && keyword[:4] == "XXXX" {
			return true
		}
	}
	return false
}
