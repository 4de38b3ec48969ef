package hygiene

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var foreignProtocol = &lint.Rule{
	ID:       "foreign-protocol",
	Title:    "The client spoke another protocol than SMTP",
	Area:     lint.Hygiene,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "2.4"), lint.RFC(5321, "4.1.5")},
	On:       []transcripts.Verb{transcripts.NoVerb, transcripts.Unknown},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		if p.Found() > 0 {
			return
		}
		e := &p.Exchanges[i]
		name := lint.ForeignProtocol(e.Command.Text)
		if name == "" {
			return
		}
		refused(p, i, p.Report(p.Command(i), "this is %s, not SMTP", name).
			Helpf("see who connects, and to which port; a web page can be made to send such requests, so a server should close the connection at once"))
	},
	Doc: `
The line belongs to another protocol. Somebody connects to the wrong port, looks
for open proxies, or makes a browser send an HTTP request whose body is a row of
SMTP commands: a server that ignores the first lines then obeys the rest.

# What to do

Find out who connects. A server should close the connection at the first line of
HTTP, as Postfix does (smtpd_forbidden_commands).

# When it stays silent

On text of a message, and on the header by which a proxy introduces a client
(PROXY). Only the first such line of a session is shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: POST / HTTP/1.1
		# want
		S: 500 5.5.2 Not recognized
		C: Host: mx.example.org
		S: 221 2.7.0 Goodbye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: USER alice
		# want
		S: 500 5.5.2 Not recognized
		C: PASS ****
		S: 500 5.5.2 Not recognized
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: SSH-2.0-OpenSSH_9.6
		# want
		S: 500 5.5.2 Not recognized
		`),
		lint.Good(`
		C: PROXY TCP4 192.0.2.1 192.0.2.2 50000 25
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: GET / HTTP/1.1
		C: Host: www.example.com
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}

// refused adds that the server refused the command, where it did.
func refused(p *lint.Pass, i int, d *lint.Diagnostic) *lint.Diagnostic {
	if p.Exchanges[i].Reply.Code.Failed() {
		d.Note(p.Reply(i), "the server refused it")
	}
	return d
}
