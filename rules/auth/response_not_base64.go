package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var responseNotBase64 = &lint.Rule{
	ID:       "response-not-base64",
	Title:    "A response in an AUTH exchange was not base64",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Secrets,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(4648, "4")},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Kind == transcripts.Answered && e.Command.Verb > transcripts.Unknown {
			return // a command came in its place
		}
		secret := e.Secret()
		if secret == "" || sasl.Replaced(secret) || e.Command.Verb == transcripts.AUTH && sasl.Replaced(e.Command.Args) {
			return
		}
		if _, ok := sasl.Decode(secret); ok {
			return
		}
		d := p.Report(p.Command(i), "the response was not base64").
			Labelf("not shown here").
			Helpf("encode the response in base64 with padding and without line breaks; to give up, send \"*\"")
		if r := &e.Reply; r.Code == 334 || r.Code.OK() {
			d.Sure(lint.Hint) // the server could read it: the recorder may have decoded it
		}
	},
	Doc: `
What a client sends after 334, or behind the name of the mechanism, is base64
(RFC 4648 §4), with padding. A server that cannot decode it answers 501.

# What to do

Encode user name, password or token, on one line. A "*" alone cancels the
exchange.

# When it stays silent

On responses that the recorder has hidden or cut off, and where a command stands
in the place of a response. Where the server went on as if all was well, the
recorder may show responses decoded, so that it is a hint only.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: alice@example.com
		# want
		S: 501 5.5.2 Cannot decode base64
		`),
		lint.Bad(`
		# The padding is missing.
		# excerpt
		C: AUTH PLAIN AGFsaWNlAGNvcnJlY3QgaG9yc2U
		# want
		S: 501 5.5.2 Cannot decode base64
		`),
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: alice@example.com
		# want hint
		S: 334 UGFzc3dvcmQ6
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: YWxpY2VAZXhhbXBsZS5jb20=
		S: 334 UGFzc3dvcmQ6
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN <base64 response>
		S: 501 5.5.2 Cannot decode base64
		C: AUTH PLAIN [credentials hidden]
		S: 501 5.5.2 Cannot decode base64
		C: AUTH PLAIN
		S: 334
		C: *
		S: 501 5.7.0 Cancelled
		`),
	},
}
