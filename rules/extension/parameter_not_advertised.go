package extension

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var parameterNotAdvertised = &lint.Rule{
	ID:       "parameter-not-advertised",
	Title:    "A parameter was used that the server had not offered",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.3"), lint.RFC(5321, "2.2.1")},
	On:       lookups,
	Odd:      lint.OddCommand | lint.Params,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !e.Before.Offers.Known() {
			return
		}
		var said []string
		for param := range p.Envelope(i).Params() {
			keyword := lacking(&e.Command, &e.Before, param)
			if keyword == "" || slices.Contains(said, keyword) ||
				again(p, i, func(j int) bool { return lacked(&p.Exchanges[j], e.Before.Offers, keyword) }) {
				continue
			}
			said = append(said, keyword)
			d := p.Report(p.Part(i, param.Text), "%s was sent, but %s", quote(param.Text), notOffered(&e.Before, keyword))
			refused(p, i, d)
			if esmtp.Private(keyword) {
				d.Sure(lint.Likely).AtMost(lint.Warning).
					Helpf("send private parameters only where EHLO lists a private keyword for them")
				continue
			}
			d.Helpf("send %s only where the reply to EHLO lists %s", strings.ToUpper(param.Keyword), keyword)
		}
	},
	Doc: `
A parameter of MAIL or RCPT belongs to an extension, and a client may use it only
where the reply to EHLO lists that extension: SIZE= with SIZE, BODY= with
8BITMIME (or BINARYMIME), RET=, ENVID=, NOTIFY= and ORCPT= with DSN. After HELO
nothing is offered. A server that does not know the parameter refuses the
command, and the message with it.

# What to do

Keep the list that EHLO brought, and send a parameter only where its extension
is in it.

# When it stays silent

Where the list is not on record, or not all of it. Where the extension was
offered before TLS, which is stale-capabilities. ENVID and ORCPT also come with
MTRK. On parameters that nobody has registered, which is unknown-parameter; on
private ones that begin with X, where any private keyword is listed.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com> SIZE=1000
		# want
		S: 555 5.5.4 Unsupported parameter
		`),
		lint.Bad(`
		# HELO offers nothing, and BODY=7BIT is a parameter like any other. What was
		# reported once is not reported again.
		# excerpt
		C: HELO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com> BODY=7BIT
		# want
		S: 555 5.5.4 Unsupported parameter
		C: MAIL FROM:<b@example.com> BODY=7BIT
		S: 555 5.5.4 Unsupported parameter
		C: MAIL FROM:<b@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org> NOTIFY=NEVER
		# want
		S: 250 2.1.5 Ok
		C: RCPT TO:<d@example.org> NOTIFY=NEVER
		S: 250 2.1.5 Ok
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250-AUTH PLAIN
		S: 250 SIZE
		C: MAIL FROM:<a@example.com> size=10 BODY=BINARYMIME AUTH=<> RET=HDRS ENVID=1
		# want
		# want
		S: 501 5.5.4 Unknown body type
		C: MAIL FROM:<a@example.com> XVERP=--
		# want likely
		S: 555 5.5.4 Unsupported parameter
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250-DSN
		S: 250 size 1000000
		C: MAIL FROM:<a@example.com> SIZE=1000 BODY=8BITMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> NOTIFY=FAILURE
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# Nothing is known of what the server offers.
		# excerpt
		C: MAIL FROM:<a@example.com> SIZE=1000
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# ENVID and ORCPT are parameters of MTRK as well.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 MTRK
		C: MAIL FROM:<a@example.com> MTRK=YWJj ENVID=1@example.com
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> ORCPT=rfc822;b@example.org
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# The two sides have a private extension.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XOORG
		C: MAIL FROM:<a@example.com> XOORG=example.com XSHADOW=1
		S: 250 2.1.0 Ok
		`),
	},
}

// lacking returns the keyword that the server would have had to offer for a
// parameter, or "" where nothing is wrong with its use.
func lacking(c *transcripts.Command, s *transcripts.State, param transcripts.Param) string {
	known := esmtp.FindParameter(param.Keyword, param.Value)
	if known != nil {
		u := esmtp.Use{By: known.By}
		if !known.On(c.Verb) || !u.Lacking(s.Offers) || u.Stale(s) {
			return ""
		}
		return known.By[0]
	}
	named := c.Verb == transcripts.MAIL || c.Verb == transcripts.RCPT // what VRFY asks for may be any words
	if !named || !esmtp.Private(param.Keyword) || param.Flaw().Kind == transcripts.BadKeyword || offersPrivate(s.Offers) {
		return ""
	}
	return strings.ToUpper(param.Keyword)
}

// lacked reports whether e used a parameter under the same list for lack of the
// same keyword.
func lacked(e *transcripts.Exchange, offers *transcripts.Offers, keyword string) bool {
	if e.Kind != transcripts.Ordered || e.Before.Offers != offers || e.Before.Adrift || e.Command.Plain() {
		return false
	}
	for param := range e.Command.Params() {
		if lacking(&e.Command, &e.Before, param) == keyword {
			return true
		}
	}
	return false
}

func offersPrivate(o *transcripts.Offers) bool {
	for i := range o.Len() {
		if keyword, _ := o.Line(i); esmtp.Private(keyword) {
			return true
		}
	}
	return false
}

// notOffered says that an extension is lacking.
func notOffered(s *transcripts.State, keyword string) string {
	switch {
	case s.Hello == transcripts.HELO:
		return "the session was begun with HELO, which offers nothing"
	case esmtp.Private(keyword):
		return "the server offers no private extension"
	}
	return "the server does not offer " + keyword
}
