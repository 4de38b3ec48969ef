package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var atrnWithoutAuth = &lint.Rule{
	ID:       "atrn-without-auth",
	Title:    "ATRN was sent without a login",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2645, "5.2.1")},
	On:       []transcripts.Verb{transcripts.ATRN},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Authenticated || e.Before.Offers.Lacks("ATRN") || e.Before.Hello == transcripts.NoVerb {
			return
		}
		refused(p, i, p.Report(p.Command(i), "ATRN was sent, but the client had not logged in").
			Helpf("log in with AUTH first: the server must know whose mail it hands out"))
	},
	Doc: `
ATRN makes the server hand out mail for some domains over this connection. It
must know who asks, and answers 530 to a client that has not logged in.

# What to do

Send AUTH before ATRN. A certificate of the client counts when AUTH EXTERNAL has
told the server to use it.

# When it stays silent

Where the recording does not show the session from EHLO on. Where the server
does not offer ATRN, command-not-advertised says more.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# port: 366
		# excerpt
		C: EHLO client.example.com
		S: 250-odmr.example.org
		S: 250-AUTH EXTERNAL
		S: 250 ATRN
		C: ATRN example.com
		# want
		S: 530 5.7.0 Authentication required
		`),
		lint.Good(`
		# port: 366
		# excerpt
		C: EHLO client.example.com
		S: 250-odmr.example.org
		S: 250-AUTH EXTERNAL
		S: 250 ATRN
		C: AUTH EXTERNAL =
		S: 235 2.7.0 Welcome
		C: ATRN example.com
		S: 250 2.0.0 Now reversing the connection
		`),
		lint.Good(`
		# excerpt
		C: ATRN example.com
		S: 250 2.0.0 Now reversing the connection
		`),
	},
}
