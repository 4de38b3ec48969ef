package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var plaintextAuthInClear = &lint.Rule{
	ID:       "plaintext-auth-in-clear",
	Title:    "A password or token was sent in clear text",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Security,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(4954, "9"), lint.RFC(4616, "5"), lint.RFC(8314, "4.1")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Exchange: func(p *lint.Pass, i int) {
		sure := exposed(p, i)
		if sure == 0 {
			return
		}
		name := sasl.Named(&p.Exchanges[i].Command)
		what := "the password"
		if name == "XOAUTH2" || name == "OAUTHBEARER" {
			what = "the token"
		}
		d := p.Report(p.Command(i), "%s was sent in clear text with AUTH %s", what, name).Sure(sure).
			Helpf("use STARTTLS or port 465 first, and change what was sent: it must be taken for known")
		switch {
		case p.Local():
			d.AtMost(lint.Info)
		case sure == lint.Certain:
		case p.Exchanges[i].Before.Offers.Has("STARTTLS"):
			d.Message += ": the server still offered STARTTLS, so TLS was not on"
		default:
			d.AtMost(lint.Warning).Message += ", unless TLS was on from the beginning, which the recording does not say"
		}
	},
	Doc: `
PLAIN and LOGIN carry the password as it is, XOAUTH2 and OAUTHBEARER a token
that is as good as one. Without TLS everybody on the way can read it; base64
hides nothing.

# What to do

Start TLS first, by STARTTLS or on port 465, and refuse to authenticate where
that fails. Change the password, or revoke the token.

# When it stays silent

Where TLS was on, or nothing is known about it: the recording has to state that
it was off, or the server has to offer STARTTLS still, or the session has to be
on record from its greeting on port 25 or 587. Where the server refused before
anything secret was sent, or the client gave up. Within one machine, and with
servers that bear a name for tests, it is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# tls: off
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-STARTTLS
		S: 250 AUTH LOGIN
		C: AUTH LOGIN
		# want likely
		S: 334 VXNlcm5hbWU6
		C: ****
		S: 334 UGFzc3dvcmQ6
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# port: 587
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH XOAUTH2
		C: AUTH XOAUTH2
		# want likely
		S: 334
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# Nothing was sent.
		# excerpt
		# tls: off
		C: AUTH PLAIN *
		S: 501 5.7.0 Cancelled
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# Nothing is said of TLS.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# port: 465
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# Nothing secret was sent.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-STARTTLS
		S: 250 AUTH PLAIN LOGIN
		C: AUTH PLAIN
		S: 530 5.7.0 Must issue a STARTTLS command first
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: ****
		S: 334 UGFzc3dvcmQ6
		C: *
		S: 501 5.7.0 Cancelled
		`),
	},
}

// exposed says how sure it is that the attempt that begins at exchange i showed
// a password or token to whoever was listening.
func exposed(p *lint.Pass, i int) lint.Confidence {
	a := sasl.AttemptAt(p.Session, i)
	if !sasl.Find(a.Mechanism).Readable || !a.Sent(p.Session) {
		return 0
	}
	if e := &p.Exchanges[i]; sasl.Initial(&e.Command) == "*" && !e.Reply.Code.OK() {
		return 0 // cancelled before it began
	}
	if a.Mechanism == "LOGIN" { // the user name comes first
		if _, step := sasl.At(p.Session, a.To); step == 0 || p.Exchanges[a.To].Command.Text == "*" {
			return 0
		}
	}
	return p.InClear(i)
}
