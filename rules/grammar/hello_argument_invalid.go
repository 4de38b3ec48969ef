package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var helloArgumentInvalid = &lint.Rule{
	ID:       "hello-argument-invalid",
	Title:    "EHLO, HELO or LHLO was sent with something that is no name",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.1"), lint.RFC(5321, "4.1.2"), lint.RFC(5321, "4.1.3")},
	On:       greetings,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		h, more, ok := greeting(p, i)
		verb := p.Exchanges[i].Command.Verb
		switch kind := h.Flaw.Kind; {
		case !ok:
		case kind == transcripts.BareAddress:
			refused(p, i, p.Report(p.Part(i, h.Text), "%v gave the address %s without brackets", verb, h.Text)).
				AtMost(bare(h)).
				Helpf("write %v %s, or the client's name", verb, literal(h))
		case kind == transcripts.DottedEnd:
			refused(p, i, p.Report(p.Part(i, h.Flaw.At), "the name in %v %s ended with a period", verb, quote(h.Text))).
				AtMost(lint.Info).
				Helpf("write %v %s", verb, strings.TrimSuffix(h.Text, "."))
		case !h.Flaw.None() && !inLiteral(kind):
			why := kind.String()
			if strings.IndexByte(h.Text, '@') >= 0 {
				why = "it is a mail address"
			}
			refused(p, i, p.Report(p.Part(i, h.Flaw.At), "%s is not a name for %v: %s", quote(h.Text), verb, why)).
				Labelf("%s", why).
				Helpf("send the host's full name, made of letters, digits, hyphens and periods, or its address in brackets")
		case !h.Flaw.None(): // bad-address-literal
		case more != "":
			refused(p, i, p.Report(p.Part(i, more), "%v was sent with more than a name: %s", verb, quote(more))).
				AtMost(lint.Warning).
				Helpf("write %v %s", verb, h.Text)
		case verb == transcripts.HELO && h.Literal():
			p.Report(p.Part(i, h.Text), "HELO was sent with an address literal, which only EHLO takes").
				AtMost(lint.Info).
				Helpf("send EHLO; with HELO give a name")
		}
	},
	Doc: `
The argument of EHLO is a domain name or an address literal, and nothing else.
Names of hosts are made of letters, digits and hyphens: the underscore that
Windows allows in the names of computers is not among them. Many servers refuse
mail from clients that get this wrong, as most of those are sending spam.

# What to do

Send the full name of the host. Where there is none, send the address in
brackets: EHLO [192.0.2.1].

# When it stays silent

On malformed literals, bad-address-literal, and on octets above 127, which are
another rule's matter. A period at the end, and a literal behind HELO, harm
nobody: they are infos. Text behind a good name is a warning, and so is an IPv4 address
without brackets, which by the letter is a name made of numbers.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO my_pc.example.com
		# want
		S: 501 5.5.2 Invalid name
		`),
		lint.Bad(`
		# excerpt
		C: EHLO 192.0.2.1
		# want
		S: 250 mx.example.org
		`),
		lint.Bad(`
		# excerpt
		C: EHLO ann@example.com
		# want
		S: 501 5.5.2 Invalid name
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com and more
		# want
		S: 250 mx.example.org
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com.
		# want
		S: 250 mx.example.org
		`),
		lint.Bad(`
		# excerpt
		C: HELO [192.0.2.1]
		# want
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: EHLO my-pc.example.com
		S: 250 mx.example.org
		C: EHLO [192.0.2.1]
		S: 250 mx.example.org
		C: EHLO <hidden>
		S: 250 mx.example.org
		`),
		lint.Good(`
		# proves: Order
		# excerpt
		C: EHLO caf??.example.org
		S: 250 mx.example.org
		`),
	},
}
