package tls

import (
	"net/mail"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var cleartextFallback = &lint.Rule{
	ID:       "cleartext-fallback",
	Title:    "TLS could not be started, and the client went on in clear text",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "6"), lint.RFC(8314, "5"), lint.RFC(8689, "4.2.1")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Before.Secure == transcripts.Yes || p.Local() {
			return
		}
		for j := i + 1; j < len(p.Exchanges); j++ {
			e := &p.Exchanges[j]
			if e.Kind != transcripts.Ordered {
				continue
			}
			what := ""
			switch e.Command.Verb {
			case transcripts.STARTTLS:
				return // another attempt
			case transcripts.AUTH:
				if a := sasl.AttemptAt(p.Session, j); !sasl.Find(a.Mechanism).Readable || !a.Sent(p.Session) {
					continue
				} else if p.InClear(j) > 0 {
					return // plaintext-auth-in-clear says so
				}
				what = "credentials"
			case transcripts.MAIL:
				if _, must := e.Command.Param("REQUIRETLS"); must {
					what = "a message with REQUIRETLS"
				} else if p.Port == 587 && !waived(p, j) {
					what = "a message for submission"
				}
			}
			if what != "" {
				p.Report(p.Command(j), "TLS could not be started, and the client went on to send %s in clear text", what).
					Note(p.Reply(i), "STARTTLS was refused here").
					Helpf("where TLS is required, and for submission it is, close the connection and report the failure")
				return
			}
		}
	},
	Doc: `
Somebody between client and server can make STARTTLS fail. A client that then
sends its password or a message in clear text gives it to that somebody.

# What to do

For submission, and wherever TLS is required, stop and report the failure. For
relay decide by policy: MTA-STS (RFC 8461) or DANE (RFC 7672).

# When it stays silent

Between mail servers on port 25 TLS is used where it works, and going on without
it is legal and normal. A message whose header says "TLS-Required: No" asks to
be sent anyway. Connections within one machine have nobody in between. A
password in clear text is a finding of its own, plaintext-auth-in-clear.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# port: 587
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		C: MAIL FROM:<a@example.com>
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		C: MAIL FROM:<a@example.com> REQUIRETLS
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH LOGIN
		C: AUTH LOGIN
		# want
		S: 334 VXNlcm5hbWU6
		C: ****
		S: 535 5.7.8 No
		`),
		lint.Good(`
		# excerpt
		# port: 587
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# Mail servers among themselves.
		# excerpt
		# port: 25
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		# port: 587
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: TLS-Required: No
		C: Subject: your certificate has expired
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		# port: 587
		# Trying 127.0.0.1:587...
		C: STARTTLS
		S: 454 4.7.0 TLS not available due to temporary reason
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}

// waived reports whether the message of the MAIL in exchange i asks to be sent
// without TLS (RFC 8689 §5).
func waived(p *lint.Pass, i int) bool {
	for j := i + 1; j < len(p.Exchanges); j++ {
		e := &p.Exchanges[j]
		if e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.MAIL {
			return false
		}
		if e.Kind == transcripts.Content {
			m, err := mail.ReadMessage(strings.NewReader(e.Body.Header + "\n"))
			return err == nil && strings.EqualFold(strings.TrimSpace(m.Header.Get("TLS-Required")), "No")
		}
	}
	return false
}
