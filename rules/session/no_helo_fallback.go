package session

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var noHeloFallback = &lint.Rule{
	ID:       "no-helo-fallback",
	Title:    "The client left when EHLO was not known, without trying HELO",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.2")},
	On:       []transcripts.Verb{transcripts.EHLO},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		next := p.Next(i)
		if next < 0 && !p.Proves.Has(transcripts.Closing) || next >= 0 && (p.Exchanges[next].Command.Verb != transcripts.QUIT || p.Next(next) >= 0) {
			return
		}
		if e.Before.Hello != transcripts.NoVerb || !notKnown(&e.Reply) || p.Unwelcome() || p.SpeaksLMTP() || needsExtension(p, i) {
			return
		}
		p.Report(p.Reply(i), "EHLO was answered %03d, and the client gave up without trying HELO", e.Reply.Code).
			Helpf("send HELO once when the server does not know EHLO, unless an extension is needed")
	},
	Doc: `
A server from before 1995 does not know EHLO and answers 500 or 502. The session
is then open for HELO, and mail can be sent without extensions.

# What to do

Try HELO once after 500 or 502 to EHLO.

# When it stays silent

Where EHLO was refused for another reason (4yz, 550, 554), on the submission
ports 587 and 465 and where the recording names TLS or a login as the client's
reason: HELO cannot give these. Where the server asks for LHLO.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org SMTP
		C: EHLO client.example.com
		S: 500 Command not recognized
		# want
		C: QUIT
		S: 221 mx.example.org Bye
		`),
		lint.Good(`
		S: 220 mx.example.org SMTP
		C: EHLO client.example.com
		S: 500 Command not recognized
		C: HELO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 mx.example.org Bye
		`),
		lint.Good(`
		# port: 587
		S: 220 mx.example.org SMTP
		C: EHLO client.example.com
		S: 500 Command not recognized
		C: QUIT
		S: 221 mx.example.org Bye
		`),
		lint.Good(`
		S: 220 mx.example.org SMTP
		C: EHLO client.example.com
		S: 502 Command not implemented
		# STARTTLS is required but was not offered
		C: QUIT
		S: 221 mx.example.org Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 550 5.7.1 Your address is on a list
		C: QUIT
		S: 221 mx.example.org Bye
		`),
	},
}

// notKnown reports whether a refusal means that the server does not know the
// command.
func notKnown(r *transcripts.Reply) bool {
	switch r.Code {
	case 500, 502:
		return true
	case 501, 504:
		return lint.Says(r, "not recogni", "unrecogni", "unknown command", "not implemented", "unimplemented") != ""
	}
	return false
}

// needsExtension reports whether the client had a reason not to do without
// EHLO: the port for submission, where it must log in, or the recorder's word.
func needsExtension(p *lint.Pass, i int) bool {
	if p.Port == 587 || p.Port == 465 {
		return true
	}
	for k := range p.Remarks {
		if m := &p.Remarks[k]; m.After >= i {
			low := strings.ToLower(m.Text)
			if strings.Contains(low, "tls") || strings.Contains(low, "auth") || strings.Contains(low, "utf8") {
				return true
			}
		}
	}
	return false
}
