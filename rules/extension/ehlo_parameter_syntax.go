package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var ehloParameterSyntax = &lint.Rule{
	ID:       "ehlo-parameter-syntax",
	Title:    "What followed a keyword of EHLO broke the grammar of its extension",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs: []lint.Ref{lint.RFC(5321, "4.1.1.1"), lint.RFC(1870, "3"), lint.RFC(6531, "3.1"), lint.RFC(9422, "3"), lint.RFC(4865, "3"),
		lint.RFC(2920, "2"), lint.RFC(4954, "3")},
	On:    greetings,
	Got:   []transcripts.Class{transcripts.Success},
	Hears: misoffers,
	Exchange: func(p *lint.Pass, i int) {
		offers := p.Exchanges[i].Reply.Offers()
		for k := range offers.Len() {
			keyword, params := offers.Line(k)
			x := esmtp.Find(keyword)
			if x == nil {
				continue
			}
			wrong := misoffered(x, params)
			if wrong == "" || transcripts.Redacted(params) && params != "" || again(p, i, func(j int) bool { return offeredSo(&p.Exchanges[j], keyword, params) }) {
				continue
			}
			d := p.Report(p.ReplyLine(i, k+1), "%s was offered with %s, but %s", x.Keyword, quote(params), wrong)
			if params == "" {
				d.Message = x.Keyword + " was offered, but " + wrong
			}
			d.Ref(x.Ref).Helpf("follow the extension's grammar; clients ignore what they cannot read, or drop the extension")
			if x.Keyword == "AUTH" {
				d.AtMost(lint.Info).Helpf("leave the line out where no mechanism can be used")
			}
		}
	},
	Doc: `
A keyword in the reply to EHLO may have parameters, and each extension says
which: SIZE a number, LIMITS pairs of name and value, FUTURERELEASE a number of
seconds and a date; STARTTLS, PIPELINING, 8BITMIME, SMTPUTF8 and most others
have none. A client that cannot read them may leave the extension unused.

# What to do

Write the line as the specification has it.

# When it stays silent

On keywords that are not known here, and on private ones. AUTH without any
mechanism is an info: some servers say so that there is none for now.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE unlimited
		# want
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE unlimited
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-AUTH
		# want
		S: 250-FUTURERELEASE
		# want
		S: 250-LIMITS RCPTMAX=0
		# want
		S: 250 PIPELINING 10
		# want
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-XEXAMPLE anything goes
		S: 250-AUTH PLAIN
		S: 250-LIMITS RCPTMAX=20
		S: 250-STARTTLS
		S: 250 SIZE 0
		`),
	},
}

// misoffers reports whether a reply offers an extension with other parameters
// than it has.
func misoffers(e *transcripts.Exchange) bool {
	offers := e.Reply.Offers()
	for k := range offers.Len() {
		keyword, params := offers.Line(k)
		if x := esmtp.Find(keyword); x != nil && misoffered(x, params) != "" {
			return true
		}
	}
	return false
}

// misoffered says what is wrong with the parameters of an offer, or "".
func misoffered(x *esmtp.Extension, params string) string {
	switch {
	case x.Offer != nil:
		return x.Offer(params)
	case params != "":
		return "it has no parameters"
	}
	return ""
}

// offeredSo reports whether e offered just the same.
func offeredSo(e *transcripts.Exchange, keyword, params string) bool {
	if e.Kind != transcripts.Ordered || !e.Command.Verb.Hello() || !e.Reply.Code.OK() {
		return false
	}
	offers := e.Reply.Offers()
	for k := range offers.Len() {
		if word, rest := offers.Line(k); strings.EqualFold(word, keyword) && rest == params {
			return true
		}
	}
	return false
}
