package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var obsoleteMechanism = &lint.Rule{
	ID:       "obsolete-mechanism",
	Title:    "An obsolete mechanism was used although a better one was offered",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{{Title: "draft-murchison-sasl-login-00", Section: "1"}, lint.RFC(6331, ""), lint.RFC(4954, "4")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Session: func(p *lint.Pass) {
		tried := map[string]bool{}
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if !begins(e) {
				continue
			}
			name := sasl.Named(&e.Command)
			offered, _ := sasl.Offered(e.Before.Offers)
			better := ""
			for _, other := range offered {
				if succeeds(name, other, e.Before.Secure == transcripts.Yes) {
					if tried[other] {
						better = ""
						break
					}
					if better == "" {
						better = other
					}
				}
			}
			if better != "" && !tried[name] {
				p.Report(p.Command(i), "%s is obsolete, and the server had offered %s too", name, better).
					Helpf("prefer SCRAM-SHA-256, or PLAIN inside TLS")
			}
			tried[strings.Clone(name)] = true
		}
	},
	Doc: `
LOGIN never had a specification, CRAM-MD5 and DIGEST-MD5 rest on MD5 and make
servers keep passwords readable, NTLM and KERBEROS_V4 are broken. With the same
password SCRAM works better, and PLAIN inside TLS is simpler.

# What to do

Let the client choose SCRAM-SHA-256 where it is offered, else PLAIN inside TLS.

# When it stays silent

Where nothing better is offered that works with the same secret: OAuth needs a
token, EXTERNAL a certificate, and PLAIN in clear text is no better than
CRAM-MD5. Where the better one was tried before.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH LOGIN SCRAM-SHA-256
		C: AUTH LOGIN
		# want
		S: 334 VXNlcm5hbWU6
		`),
		lint.Bad(`
		# excerpt
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH CRAM-MD5 PLAIN
		C: AUTH CRAM-MD5
		# want
		S: 334 PDEyMzRAbXguZXhhbXBsZS5vcmc+
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH LOGIN SCRAM-SHA-256
		C: AUTH SCRAM-SHA-256 ****
		S: 535 5.7.8 No
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		`),
		lint.Good(`
		# Nothing else is offered.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH LOGIN XOAUTH2
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		`),
		lint.Good(`
		# A network in which all have NTLM, and a certificate.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH NTLM EXTERNAL PLAIN
		C: AUTH NTLM
		S: 334
		`),
	},
}

// succeeds reports whether a mechanism takes the place of an obsolete one: it
// is better and works with the same secret.
func succeeds(obsolete, other string, secure bool) bool {
	switch obsolete {
	case "LOGIN", "CRAM-MD5", "DIGEST-MD5":
		return strings.HasPrefix(other, "SCRAM-") || other == "PLAIN" && secure
	case "NTLM", "KERBEROS_V4":
		return other == "GSSAPI"
	}
	return false
}
