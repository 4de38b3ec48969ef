package hygiene

import (
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
		secret := p.Exchanges[i].Secret()
		if secret == "" {
			return
		}
		name, step := sasl.At(p.Session, i)
		var user, password string
		switch name {
		case "PLAIN":
			message, _ := sasl.Decode(secret)
			var ok bool
			if user, password, ok = sasl.Plain(message); !ok || password == "" {
				return
			}
		case "LOGIN":
			if password, _ = sasl.Decode(secret); step != 1 || password == "" {
				return
			}
			user, _ = sasl.Decode(p.Exchanges[i-1].Secret())
		default:
			return
		}
		if transcripts.Redacted(password) {
			return
		}
		d := p.Report(p.Command(i), "a password stands in this recording in clear (AUTH %s)", name).
			Labelf("the value is not shown here").
			Helpf("replace it with ****, change the password, and rewrite the repository's history if it was committed")
		if published(user, password) {
			d.AtMost(lint.Info).Helpf("this is a placeholder from a manual; replace it with **** if it is in use anywhere")
		}
	},
	Doc: `
AUTH PLAIN and AUTH LOGIN send the password in base64, which hides it from
nobody. Recordings end up in bug reports, repositories and CI logs, and so does
the password.

# What to do

Replace the token with "****", also in older versions of the file, and change
the password. Most clients can hide credentials in their logs.

# When it stays silent

On tokens that were replaced: asterisks, "[credentials hidden]", "<redacted>",
and tokens that decode to a placeholder of the recorder. Credentials that RFCs
and manuals print are an info. The password itself is never shown.
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
