package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var parameterValueSyntax = &lint.Rule{
	ID:       "parameter-value-syntax",
	Title:    "The value of a parameter broke the grammar of its extension",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs: []lint.Ref{lint.RFC(5321, "4.1.2"), lint.RFC(1870, "3"), lint.RFC(6152, "2"), lint.RFC(3461, "4"), lint.RFC(6531, "3.1"),
		lint.RFC(8689, "2"), lint.RFC(6710, "7"), lint.RFC(2852, "4"), lint.RFC(4865, "3"), lint.RFC(3885, "3"), lint.RFC(4954, "5")},
	On:  lookups,
	Odd: lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Command.Verb != transcripts.VRFY && e.Command.Verb != transcripts.EXPN && !listed(p.Envelope(i)) {
			return
		}
		for param := range p.Envelope(i).Params() {
			known := esmtp.FindParameter(param.Keyword, param.Value)
			if known == nil || !known.On(e.Command.Verb) || param.Hidden() {
				continue
			}
			wrong := misspelt(p, e, known, param)
			if wrong == "" {
				continue
			}
			d := p.Report(p.Part(i, param.Text), "%s was sent, but %s", quote(param.Text), wrong).
				Ref(known.Ref).
				Helpf("write %s", known.Form)
			refused(p, i, d)
		}
	},
	Doc: `
Each parameter has a grammar of its own: SIZE is a number, BODY one of three
words, NOTIFY a list in which NEVER stands alone, ORCPT an address behind its
type, and so on. Where a value may hold any octet it is written in xtext, in
which "+" and two hexadecimal digits stand for one. SMTPUTF8 and REQUIRETLS have
no value at all.

# What to do

Write the value as the specification has it; the finding says how.

# When it stays silent

On values that were hidden by the recorder, and on parameters that no extension
defines. Where text that is no parameter stands behind the path, as in "SIZE =
1000", which is trailing-text-after-path.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org> NOTIFY=NEVER,FAILURE
		# want
		S: 501 5.5.4 NEVER must stand alone
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> SIZE=abc
		# want
		S: 501 5.5.4 Bad size
		C: MAIL FROM:<a@example.com> SIZE
		# want
		S: 501 5.5.4 Bad size
		C: MAIL FROM:<a@example.com> SMTPUTF8=1
		# want
		S: 501 5.5.4 No value allowed
		C: MAIL FROM:<a@example.com> RET=
		# want
		S: 501 5.5.4 Bad RET
		C: MAIL FROM:<a@example.com> MTRK=YWJj
		# want
		S: 501 5.5.4 ENVID is missing
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org> ORCPT=b@example.org
		# want
		S: 501 5.5.4 Bad ORCPT
		C: RCPT TO:<b@example.org> ORCPT=rfc822;b+c@example.org
		# want
		S: 501 5.5.4 Bad ORCPT
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE
		S: 250 DSN
		C: MAIL FROM:<a@example.com> RET=HDRS ENVID=QQ314159 SIZE=1000
		S: 250 2.1.0 Ok
		C: RCPT TO:<b+c@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b+2Bc@example.org
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# A certifier is the base64 of 20 octets, which ends in "=".
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 MTRK
		C: MAIL FROM:<a@example.com> MTRK=qZk+NkcGgWq6PiVxeFDCbJzQ2J0=:86400 ENVID=QQ314159
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# The recorder has hidden the values.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-AUTH PLAIN
		S: 250 DSN
		C: MAIL FROM:<a@example.com> AUTH=<redacted> RET=****
		S: 250 2.1.0 Ok
		`),
	},
}

// misspelt says what is wrong with the value of a known parameter, or "".
func misspelt(p *lint.Pass, e *transcripts.Exchange, known *esmtp.Parameter, param transcripts.Param) string {
	switch flaw := param.Flaw(); {
	case known.Value == nil && param.Valued:
		return "it takes no value"
	case known.Value == nil:
		return ""
	case !param.Valued || flaw.Kind == transcripts.EmptyValue:
		return "its value is missing"
	case flaw.Kind == transcripts.BadUTF8 && !p.Proves.Has(transcripts.Octets):
		return ""
	case !flaw.None() && (known.Keyword != "MTRK" || flaw.Kind != transcripts.BadValue):
		return flaw.Kind.String() // the base64 of MTRK ends in "=", which RFC 5321 has in no value
	}
	if wrong := known.Value(param.Value); wrong != "" {
		return wrong
	}
	if strings.EqualFold(param.Keyword, "MTRK") {
		if _, ok := e.Command.Param("ENVID"); !ok {
			return "ENVID is missing, without which nothing can be tracked"
		}
	}
	return ""
}
