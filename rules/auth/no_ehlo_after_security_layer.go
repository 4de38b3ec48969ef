package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var noEhloAfterSecurityLayer = &lint.Rule{
	ID:       "no-ehlo-after-security-layer",
	Title:    "After a SASL security layer the client went on without EHLO",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Sees:     transcripts.Secrets,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(2831, "2.1.2.1")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Exchange: func(p *lint.Pass, i int) {
		a := sasl.AttemptAt(p.Session, i)
		if a.Mechanism != "DIGEST-MD5" || !a.Final(p.Session).Code.OK() || !protects(p, a) {
			return
		}
		next := p.Next(a.To)
		if next < 0 || p.Exchanges[next].Kind != transcripts.Ordered {
			return
		}
		switch v := p.Exchanges[next].Command.Verb; v {
		case transcripts.EHLO, transcripts.QUIT, transcripts.NoVerb, transcripts.Unknown:
		default:
			p.Report(p.Command(next), "%v was sent without EHLO after DIGEST-MD5 had put a security layer in place", v).
				Note(p.Reply(a.To), "the layer begins here").
				Helpf("send EHLO again, and forget what the server offered before")
		}
	},
	Doc: `
A mechanism can also encrypt or sign what follows. When such a layer begins, the
session starts anew, as with TLS, and the client should send EHLO.

# What to do

Send EHLO after the 235.

# When it stays silent

The rule is off unless it is asked for: hardly anybody uses such layers. Whether
one was agreed upon shows only in the response of DIGEST-MD5, where the recorder
has not hidden it.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# username="alice",qop=auth-conf
		# excerpt
		C: AUTH DIGEST-MD5
		S: 334 bm9uY2U9Im4i
		C: dXNlcm5hbWU9ImFsaWNlIixxb3A9YXV0aC1jb25m
		S: 235 2.7.0 Welcome
		C: MAIL FROM:<a@example.com>
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# username="alice",qop=auth-conf
		# excerpt
		C: AUTH DIGEST-MD5
		S: 334 bm9uY2U9Im4i
		C: dXNlcm5hbWU9ImFsaWNlIixxb3A9YXV0aC1jb25m
		S: 235 2.7.0 Welcome
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# username="alice",qop=auth: no layer.
		# excerpt
		C: AUTH DIGEST-MD5
		S: 334 bm9uY2U9Im4i
		C: dXNlcm5hbWU9ImFsaWNlIixxb3A9YXV0aA==
		S: 235 2.7.0 Welcome
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}

// protects reports whether a response of DIGEST-MD5 chose integrity or
// confidentiality for what follows.
func protects(p *lint.Pass, a sasl.Attempt) bool {
	for i := a.From; i <= a.To; i++ {
		message, _ := sasl.Decode(p.Exchanges[i].Secret())
		if strings.Contains(message, "qop=auth-int") || strings.Contains(message, "qop=auth-conf") {
			return true
		}
	}
	return false
}
