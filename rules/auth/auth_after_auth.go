package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var authAfterAuth = &lint.Rule{
	ID:       "auth-after-auth",
	Title:    "AUTH was sent although the client was authenticated already",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Session: func(p *lint.Pass) {
		welcome := -1
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if begins(e) && e.Before.Authenticated && welcome >= 0 {
				p.Report(p.Command(i), "AUTH was sent although the client had been authenticated at %s already", lint.Line(p.Reply(welcome).Span)).
					Note(p.Reply(welcome), "authenticated here").
					Helpf("open another connection to authenticate as somebody else")
			}
			if (begins(e) || e.Kind == transcripts.Answered) && e.Reply.Code.OK() {
				welcome = i
			}
		}
	},
	Doc: `
After a successful AUTH no other one is allowed in the same session; the server
must answer 503.

# What to do

Remember in the client that it is authenticated. To become somebody else, open
another connection.

# When it stays silent

After an AUTH that failed the next one is allowed, and after STARTTLS or XCLIENT
the session starts anew.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		C: AUTH PLAIN ****
		# want
		S: 503 5.5.1 Already authenticated
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid credentials
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		C: XCLIENT NAME=client.example.com
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 PDEyMzRAbXguZXhhbXBsZS5vcmc+
		C: ****
		S: 235 2.7.0 Welcome
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
	},
}
