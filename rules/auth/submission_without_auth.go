package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var submissionWithoutAuth = &lint.Rule{
	ID:       "submission-without-auth",
	Title:    "A submission server took mail without authentication",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Opening | transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(6409, "4.3")},
	On:       []transcripts.Verb{transcripts.MAIL},
	Session: func(p *lint.Pass) {
		if p.Port != 587 && p.Port != 465 || p.Local() {
			return
		}
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered || e.Before.Adrift {
				continue
			}
			switch {
			case e.Before.Authenticated, e.Command.Verb == transcripts.XCLIENT:
				return // XCLIENT may say who the client is
			case e.Command.Verb == transcripts.MAIL && e.Reply.Code.OK():
				p.Report(p.Reply(i), "MAIL was accepted on port %d though the client had not authenticated", p.Port).
					Helpf("answer 530 unless the client is known in another way, by its certificate or address")
				return
			}
		}
	},
	Doc: `
A submission server must not take mail from just anybody: by default it requires
authentication. One that does not may be an open relay.

# What to do

Answer 530 to MAIL, unless the client is known by its certificate or address.

# When it stays silent

On other ports, within one machine, behind a proxy that uses XCLIENT, and where
the recording does not begin with the greeting. It is an info, because the
server may know the client in another way.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# port: 587
		S: 220 msa.example.org ESMTP
		C: EHLO client.example.com
		S: 250 msa.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# port: 587
		S: 220 msa.example.org ESMTP
		C: EHLO client.example.com
		S: 250 msa.example.org
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# port: 587
		# Connected to localhost
		S: 220 msa.example.org ESMTP
		C: EHLO client.example.com
		S: 250 msa.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The recording begins later.
		# excerpt
		# port: 587
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}
