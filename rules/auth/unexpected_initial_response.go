package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var unexpectedInitialResponse = &lint.Rule{
	ID:       "unexpected-initial-response",
	Title:    "An initial response was sent although the server speaks first",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(2195, "2"), lint.RFC(2831, "2.1")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		m := sasl.Find(sasl.Named(&e.Command))
		shown := e.Secret() != "" && !sasl.Replaced(e.Secret()) || sasl.Initial(&e.Command) == "="
		if !m.ServerFirst || !shown || m.Name == "DIGEST-MD5" && mayReauthenticate(e) {
			return
		}
		d := p.Report(p.Command(i), "an initial response was sent with %s, in which the server speaks first", m.Name).
			Helpf("send AUTH %s alone and wait for the challenge", m.Name)
		if m.Name == "LOGIN" {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
In CRAM-MD5, DIGEST-MD5 and LOGIN the client answers a challenge of the server.
There is nothing that it could say before; a server must refuse an initial
response with 501.

# What to do

Send AUTH with the mechanism only, and wait for the 334.

# When it stays silent

Where the recorder has put something in the place of the response: it may do so
where there is none. DIGEST-MD5 lets a client that was authenticated before
begin. LOGIN has no
specification, many servers take the user name behind it, and it is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH CRAM-MD5 dGVzdA==
		# want
		S: 501 5.7.0 Unexpected initial response
		`),
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN YWxpY2U=
		# want
		S: 334 UGFzc3dvcmQ6
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 PDEyMzRAbXguZXhhbXBsZS5vcmc+
		`),
		lint.Good(`
		# username="alice",realm="example.org",nonce="n",nc=00000002
		# excerpt
		C: AUTH DIGEST-MD5 dXNlcm5hbWU9ImFsaWNlIixyZWFsbT0iZXhhbXBsZS5vcmciLG5vbmNlPSJuIixuYz0wMDAwMDAwMg==
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH CRAM-MD5 [credentials hidden]
		S: 334 PDEyMzRAbXguZXhhbXBsZS5vcmc+
		`),
		lint.Good(`
		# NTLM begins with the client.
		# excerpt
		C: AUTH NTLM TlRMTVNTUAABAAAA
		S: 334 ****
		`),
	},
}

// mayReauthenticate reports whether the initial response of DIGEST-MD5 may be
// that of subsequent authentication (RFC 2831 §2.2): it has a user name.
func mayReauthenticate(e *transcripts.Exchange) bool {
	message, _ := sasl.Decode(e.Secret())
	return strings.Contains(message, "username=")
}
