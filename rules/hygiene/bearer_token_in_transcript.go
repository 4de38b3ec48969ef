package hygiene

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var bearerTokenInTranscript = &lint.Rule{
	ID:       "bearer-token-in-transcript",
	Title:    "A token for access stands in the recording",
	Area:     lint.Hygiene,
	Side:     lint.ByRecording,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(7628, "3.1"), lint.RFC(4468, "5"), lint.RFC(6750, "5.2")},
	On:       []transcripts.Verb{transcripts.AUTH, transcripts.BURL},
	In:       []transcripts.Kind{transcripts.Answered, transcripts.Content},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		token, where := "", "AUTH"
		switch {
		case e.Kind == transcripts.Content:
			if strings.IndexByte(e.Body.Header, ':') < 0 {
				return
			}
			token, where = bearerIn(e.Body.Header), "the header of a message"
		case e.Command.Verb == transcripts.BURL:
			token, where = e.Secret(), "BURL"
		default:
			message, _ := sasl.Decode(e.Secret())
			token, _ = sasl.Bearer(message)
		}
		if token == "" || transcripts.Redacted(token) {
			return
		}
		at := p.Command(i)
		if e.Kind == transcripts.Content {
			at = p.BodyStart(i)
		}
		d := p.Report(at, "a token for access stands in this recording (%s)", where).
			Labelf("the value is not shown here").
			Helpf("run smtplint redact, and revoke the token; rewrite the repository's history if it was committed")
		if publishedToken(token) {
			d.AtMost(lint.Info).Helpf("this is a placeholder from a manual; replace it with **** if it is in use anywhere")
		}
	},
	Doc: `
XOAUTH2 and OAUTHBEARER send a token that opens the account to whoever has it,
without any password. So does the token of a URL in BURL, and one in a header
field "Authorization: Bearer".

# What to do

Replace the token with "****" ("smtplint redact" does), and revoke it.

# When it stays silent

On tokens that were hidden by the recorder. Tokens that RFCs print, and words
like "token", are an info. That a token has expired is no excuse: it depends on
the clock, and the same recording must always be judged alike. The token itself
is never shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH XOAUTH2 dXNlcj1hQGNvcnAuZXhhbXBsZQFhdXRoPUJlYXJlciB5YTI5LmszeVQwazNuAQE=
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# excerpt
		C: BURL imap://a@example.com/Drafts;uid=1;urlauth=submit+a:internal:73a1f9c0 LAST
		# want
		S: 250 2.5.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: the request that failed
		# want
		C: Authorization: Bearer k3yT0k3n
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# From RFC 7628: an info.
		# excerpt
		C: AUTH OAUTHBEARER bixhPWFAY29ycC5leGFtcGxlLAFob3N0PW14LmNvcnAuZXhhbXBsZQFwb3J0PTU4NwFhdXRoPUJlYXJlciB2RjlkZnQ0cW1UYzJOdmIzUmxja0JoYkhSaGRtbHpkR0V1WTI5dENnPT0BAQ==
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH XOAUTH2 ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# The token decodes to a placeholder of the recorder.
		# excerpt
		C: AUTH XOAUTH2 dXNlcj1hQGNvcnAuZXhhbXBsZQFhdXRoPUJlYXJlciAvKiBzZWNyZXQgKi8BAQ==
		S: 235 2.7.0 Welcome
		`),
	},
}

// bearerIn returns the first token in the lines of a header section.
func bearerIn(header string) string {
	for line := range strings.Lines(header) {
		if token := transcripts.BearerToken(strings.TrimRight(line, "\r\n")); token != "" {
			return token
		}
	}
	return ""
}
