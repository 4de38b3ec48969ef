package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var missingQuit = &lint.Rule{
	ID:       "missing-quit",
	Title:    "The client closed the connection without QUIT",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Sees:     transcripts.Closing,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.10"), lint.RFC(5321, "4.1.4")},
	Session: func(p *lint.Pass) {
		if p.Ended != transcripts.ClientClosed || p.Unwelcome() {
			return
		}
		spoke := false
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			switch {
			case e.Command.Verb == transcripts.QUIT, p.Closes(i):
				return
			case e.Kind == transcripts.Ordered && e.Command.Verb > transcripts.Unknown:
				spoke = true
			}
		}
		last := len(p.Exchanges) - 1
		e := &p.Exchanges[last]
		waiting := !e.Reply.Recorded() || e.Reply.Open || e.Reply.Code.Class() == transcripts.Intermediate
		tls := e.Command.Verb == transcripts.STARTTLS && e.Reply.Code == 220
		if !spoke || waiting || tls {
			return
		}
		d := p.Report(closed(p), "the client closed the connection without QUIT").
			Note(p.Last(last), "the last that was said")
		d.Helpf("send QUIT and wait for 221 before closing")
	},
	Doc: `
A session ends with QUIT, and the server answers 221. A connection that is just
closed looks like a broken one to the server: it may drop what it has not
finished, log an error, and count the client as one of those that misbehave.

# What to do

Send QUIT when the work is done, also after errors.

# When it stays silent

Where no close by the client is recorded; after 421, and after a greeting that
refused the client; where a TLS handshake failed; where the client waited for a
reply that did not come, or had not finished a message or a login; and where it
only connected, as monitors do.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		# client closed the connection
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		# client closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 421 4.3.2 mx.example.org Shutting down
		# client closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Go ahead
		# client closed the connection: the certificate is not trusted
		`),
		lint.Good(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:01 C: EHLO client.example.com
		10:00:01 S: 250 mx.example.org
		10:05:02 # server closed the connection
		`),
		lint.Good(`
		S: 554 mx.example.org No SMTP service here
		# client closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		# client closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		# client closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH LOGIN
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		# client closed the connection
		`),
	},
}

// closed is the place where the recording says that the connection ended.
func closed(p *lint.Pass) lint.Place {
	for k := range p.Remarks {
		if p.Remarks[k].Note == p.Ended {
			return p.Said(k)
		}
	}
	return p.Last(len(p.Exchanges) - 1)
}
