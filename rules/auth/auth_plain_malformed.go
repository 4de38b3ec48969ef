package auth

import (
	"strings"
	"unicode/utf8"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var authPlainMalformed = &lint.Rule{
	ID:       "auth-plain-malformed",
	Title:    "The response of AUTH PLAIN was not put together rightly",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Sees:     transcripts.Secrets,
	Refs:     []lint.Ref{lint.RFC(4616, "2")},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Exchange: func(p *lint.Pass, i int) {
		secret := p.Exchanges[i].Secret()
		if name, step := sasl.At(p.Session, i); secret == "" || sasl.Replaced(secret) || name != "PLAIN" || step != 0 {
			return
		}
		message, ok := sasl.Decode(secret)
		if !ok {
			return // response-not-base64 says so
		}
		fault := ""
		user, password, ok := sasl.Plain(message)
		switch n := strings.Count(message, "\x00"); {
		case !ok && n == 1:
			fault = "had one NUL in place of two"
		case !ok && n == 0:
			fault = "had no NUL in it"
		case !ok:
			fault = "had more than two NULs"
		case user == "":
			fault = "had no user name"
		case password == "":
			fault = "had no password"
		case !utf8.ValidString(message):
			fault = "was not UTF-8"
		}
		if fault != "" {
			p.Report(p.Command(i), "the response of AUTH PLAIN %s", fault).
				Labelf("not shown here").
				Helpf("put it together as NUL, user name, NUL, password, and encode that in base64")
		}
	},
	Doc: `
The response of PLAIN is the name to act as, which is usually empty, a NUL, the
user name, a NUL, and the password, in UTF-8 and then in base64. Neither user
name nor password may be empty.

# What to do

Put it together in one piece before it is encoded: NUL user NUL password.

# When it stays silent

On responses that the recorder has hidden or cut off, and on what is no base64.
What the response says is never shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN YWxpY2VAZXhhbXBsZS5jb20=
		# want
		S: 501 5.5.2 Cannot split
		`),
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN
		S: 334
		C: AGFsaWNlAA==
		# want
		S: 535 5.7.8 No
		`),
		lint.Bad(`
		# The user name is written in Latin-1.
		# excerpt
		C: AUTH PLAIN AG38bGxlcgAxMjM0
		# want
		S: 535 5.7.8 No
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN AGFsaWNlAC8qIHNlY3JldCAqLw==
		S: 535 5.7.8 No
		C: AUTH PLAIN AGFsaWNl...
		S: 535 5.7.8 No
		`),
	},
}
