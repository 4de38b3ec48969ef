package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodesNotAdvertised = &lint.Rule{
	ID:       "enhanced-codes-not-advertised",
	Title:    "Enhanced status codes were used, but not offered",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2034, "3")},
	Session: func(p *lint.Pass) {
		where := -1
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Before.Offers == nil || greets(e) || e.Reply.Code.Class() == transcripts.Intermediate || first(&e.Reply) == nil {
				continue
			}
			if _, ok := statusOf(&e.Reply); !ok || e.Before.Hello == transcripts.HELO || !e.Before.Offers.Lacks(statusCodes) {
				return
			}
			if where < 0 {
				where = i
			}
		}
		if where < 0 {
			return
		}
		status, _ := statusOf(&p.Exchanges[where].Reply)
		p.Report(at(p, where, 0, status.String()), "every reply carried an enhanced status code, but EHLO did not list %s", statusCodes).
			Helpf("list %s, so that clients rely on the codes", statusCodes)
	},
	Doc: `
The server sends enhanced status codes with all its replies, but does not say so
in the reply to EHLO. Nothing forbids that; a client just cannot know that the
first word of the text is a code.

# What to do

List ENHANCEDSTATUSCODES.

# When it stays silent

Where only some replies have such codes, and after HELO. The rule is off unless
asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: NOOP
		S: 250 2.0.0 Ok
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: NOOP
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 Bye
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ENHANCEDSTATUSCODES
		C: NOOP
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
