package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var unknownParameter = &lint.Rule{
	ID:       "unknown-parameter",
	Title:    "A parameter was used that no extension defines",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "2.2.2"), lint.RFC(5321, "4.1.1.11")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !listed(p.Envelope(i)) {
			return
		}
		for param := range p.Envelope(i).Params() {
			if !unknown(e, param) || again(p, i, func(j int) bool { return alsoUnknown(&p.Exchanges[j], param.Keyword) }) {
				continue
			}
			d := p.Report(p.Part(i, param.Text), "%s is not a parameter of any extension", quote(param.Keyword)).
				Helpf("check the spelling%s", lint.DidYouMean(strings.ToUpper(param.Keyword), keywords()))
			refused(p, i, d)
		}
	},
	Doc: `
Parameters of MAIL and RCPT are defined by extensions. Nobody knows this one: a
misspelt name, or one of somebody's own without the X that marks those. A server
answers 555, and the message is not sent.

# What to do

Check the spelling. A private parameter begins with X, and both sides must have
agreed on it.

# When it stays silent

On parameters that begin with X, and on those whose own name the server has
listed in its reply to EHLO, with or without an X in front. Where the path has no angle brackets, or text that
is no parameter stands behind it (trailing-text-after-path): then the words are
rather something else.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> SISE=1000
		# want
		S: 555 5.5.4 Unsupported parameter
		C: MAIL FROM:<b@example.com> SISE=1000
		S: 555 5.5.4 Unsupported parameter
		`),
		lint.Good(`
		# As with Courier, the offer has an X in front.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org Ok.
		S: 250-XVERP
		S: 250 SIZE
		C: MAIL FROM:<list@example.com> VERP
		S: 250 Ok.
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-XVERP
		S: 250 SIZE
		C: MAIL FROM:<a@example.com> SIZE=1000 XVERP
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# The server has said that it knows it.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 TAGGING
		C: MAIL FROM:<a@example.com> TAGGING=7
		S: 250 2.1.0 Ok
		`),
	},
}

// listed reports whether what follows the path is a list of parameters, as far
// as its form goes.
func listed(env *transcripts.Envelope) bool {
	if !env.Path.Open || !env.Path.Closed {
		return false
	}
	for param := range env.Params() {
		if param.Flaw().Kind == transcripts.BadKeyword {
			return false
		}
	}
	return true
}

func unknown(e *transcripts.Exchange, param transcripts.Param) bool {
	return esmtp.FindParameter(param.Keyword, param.Value) == nil && !esmtp.Private(param.Keyword) &&
		param.Flaw().Kind != transcripts.BadKeyword && !e.Before.Offers.Has(param.Keyword) && !privately(e.Before.Offers, param.Keyword)
}

// privately reports whether a server offers a parameter under its name with an
// X in front. Courier does: MAIL has VERP where EHLO was answered with
// XVERP=Courier.
func privately(o *transcripts.Offers, keyword string) bool {
	for i := range o.Len() {
		offer, _ := o.Line(i)
		offer, _, _ = strings.Cut(offer, "=")
		if len(offer) == len(keyword)+1 && offer[0]|0x20 == 'x' && strings.EqualFold(offer[1:], keyword) {
			return true
		}
	}
	return false
}

func alsoUnknown(e *transcripts.Exchange, keyword string) bool {
	if e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.MAIL && e.Command.Verb != transcripts.RCPT || e.Command.Plain() {
		return false
	}
	param, ok := e.Command.Param(keyword)
	return ok && unknown(e, param)
}

func keywords() []string {
	var all []string
	for i := range esmtp.Parameters {
		all = append(all, esmtp.Parameters[i].Keyword)
	}
	return all
}
