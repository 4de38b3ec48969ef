package tls

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var requirementOverreach = &lint.Rule{
	ID:       "tls-requirement-overreach",
	Title:    "530 for a command that must work before TLS and authentication",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4"), lint.RFC(4954, "6")},
	On: []transcripts.Verb{transcripts.NOOP, transcripts.EHLO, transcripts.HELO, transcripts.STARTTLS, transcripts.QUIT,
		transcripts.RSET, transcripts.AUTH},
	Got: []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 530 {
			return
		}
		what := ""
		switch asksFor(&e.Reply) {
		case transcripts.STARTTLS:
			what = "TLS"
		case transcripts.AUTH:
			what = "authentication"
		}
		switch e.Command.Verb {
		case transcripts.NOOP, transcripts.EHLO, transcripts.QUIT:
			if what == "" {
				what = "TLS and authentication"
			}
		case transcripts.STARTTLS:
			if what != "TLS" {
				return
			}
		default: // RFC 3207 exempts only the commands above
			if what != "authentication" {
				return
			}
		}
		p.Report(p.Reply(i), "%v was refused with 530, but it must work before %s", e.Command.Verb, what).
			Helpf("before TLS let NOOP, EHLO, STARTTLS and QUIT pass; before authentication AUTH, EHLO, HELO, NOOP, RSET and QUIT")
	},
	Doc: `
A server that requires TLS or authentication refuses commands with 530, but not
those that a client needs to get there, to keep the connection open and to
leave: NOOP, EHLO and QUIT, with STARTTLS for TLS, and AUTH, HELO and RSET for
authentication.

# What to do

Let these commands pass.

# When it stays silent

On 530 for all other commands, which is what the code is for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP
		S: 530 5.7.0 Must issue a STARTTLS command first
		# want
		`),
		lint.Bad(`
		# excerpt
		C: RSET
		S: 530 5.7.0 Authentication required
		# want
		`),
		lint.Good(`
		# excerpt
		C: NOOP
		S: 250 2.0.0 Ok
		C: RSET
		S: 530 5.7.0 Must issue a STARTTLS command first
		C: MAIL FROM:<a@example.com>
		S: 530 5.7.0 Authentication required
		`),
	},
}

// asksFor returns what a 530 asks for, STARTTLS or AUTH, as far as its text
// says so, else NoVerb.
func asksFor(r *transcripts.Reply) transcripts.Verb {
	for _, l := range r.Lines {
		switch low := strings.ToLower(l.Text); {
		case strings.Contains(low, "tls"):
			return transcripts.STARTTLS
		case strings.Contains(low, "auth"):
			return transcripts.AUTH
		}
	}
	return transcripts.NoVerb
}
