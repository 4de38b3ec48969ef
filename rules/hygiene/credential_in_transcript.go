package hygiene

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var credentialInTranscript = &lint.Rule{
	ID:       "credential-in-transcript",
	Title:    "A password stands in the recording",
	Area:     lint.Hygiene,
	Side:     lint.ByRecording,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(4954, "9"), lint.RFC(4616, "2")},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		user, password, sure := recorded(p, i)
		if password == "" || transcripts.Redacted(password) {
			return
		}
		if e := &p.Exchanges[i]; e.Command.Verb == transcripts.AUTH || e.Kind == transcripts.Answered {
			if sasl.Replaced(e.Secret()) {
				return
			}
		}
		how := "AUTH"
		if name, _ := sasl.At(p.Session, i); name != "" {
			how = "AUTH " + name
		}
		d := p.Report(p.Command(i), "a password stands in this recording in clear (%s)", how).
			Sure(sure).
			Labelf("the value is not shown here").
			Helpf("run smtplint redact, change the password, and rewrite the repository's history if it was committed")
		if published(user, password) {
			d.AtMost(lint.Info).Helpf("this is a placeholder from a manual; replace it with **** if it is in use anywhere")
		}
	},
	Doc: `
AUTH PLAIN and AUTH LOGIN send the password in base64, which hides it from
nobody. Recordings end up in bug reports, repositories and CI logs, and so does
the password.

# What to do

Replace the token with "****" ("smtplint redact" does), also in older versions of
the file, and change the password, even where the login was refused: people
mistype their real passwords. Most clients can hide credentials in their logs.

# When it stays silent

On tokens that were replaced: asterisks, "[credentials hidden]", "<redacted>",
and tokens that decode to a placeholder of the recorder. Credentials that RFCs
and manuals print are an info. What is no base64 where a password is due is
likely one. The password itself is never shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN AGFsaWNlQGNvcnAuZXhhbXBsZQBjb3JyZWN0IGhvcnNl
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: YWxpY2VAY29ycC5leGFtcGxl
		S: 334 UGFzc3dvcmQ6
		C: Y29ycmVjdCBob3JzZQ==
		# want
		S: 535 5.7.8 No
		`),
		lint.Bad(`
		# Not even in base64.
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: alice@corp.example
		S: 334 UGFzc3dvcmQ6
		C: correct-horse
		# want likely
		S: 501 5.5.2 Cannot decode
		`),
		lint.Bad(`
		# How it began is not on record, but the prompt is.
		# excerpt
		S: 334 UGFzc3dvcmQ6
		C: Y29ycmVjdCBob3JzZQ==
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# From a manual: an info.
		# excerpt
		C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		# tls: on
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: username in base64
		S: 334 UGFzc3dvcmQ6
		C: password in base64
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: [credentials hidden]
		S: 334 UGFzc3dvcmQ6
		C: [credentials hidden]
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# The token decodes to a placeholder of the recorder.
		# excerpt
		C: AUTH PLAIN AGFsaWNlAC8qIHNlY3JldCAqLw==
		S: 235 2.7.0 Welcome
		`),
	},
}

// recorded returns the password that the client sent in exchange i, and whose
// it is, where that is on record; else "".
func recorded(p *lint.Pass, i int) (user, password string, sure lint.Confidence) {
	secret := p.Exchanges[i].Secret()
	if secret == "" {
		return "", "", 0
	}
	message, ok := sasl.Decode(secret)
	switch name, step := sasl.At(p.Session, i); {
	case name == "PLAIN":
		user, password, _ = sasl.Plain(message)
		return user, password, lint.Certain
	case name == "LOGIN" && step == 1:
		user, _ = sasl.Decode(p.Exchanges[i-1].Secret())
	case name == "":
		if prompt, ok := sasl.Challenge(p.Session, i); !ok || !sasl.AsksPassword(prompt) {
			return "", "", 0
		}
	default:
		return "", "", 0
	}
	if ok {
		return user, message, lint.Certain
	}
	if strings.ContainsAny(secret[:1], "<[({") || strings.Contains(secret, "...") {
		return "", "", 0 // words for what was there
	}
	return user, secret, lint.Likely // sent as it is
}
