package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var cleartextAfterStarttls = &lint.Rule{
	ID:       "cleartext-after-starttls",
	Title:    "The server was ready for TLS, but the client went on in clear text",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Security,
	Refs:     []lint.Ref{lint.RFC(3207, "4"), lint.RFC(3207, "4.1")},
	On:       []transcripts.Verb{transcripts.STARTTLS},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		next := p.Next(i)
		if p.Exchanges[i].Reply.Code != 220 || next < 0 {
			return
		}
		e := &p.Exchanges[next]
		if e.Kind != transcripts.Ordered || e.Command.Early || e.Command.Verb == transcripts.QUIT || e.Before.Secure != transcripts.No {
			return
		}
		p.Report(p.Command(next), "%v was sent in clear text, though the server had answered 220 to STARTTLS and waited for the handshake", word(e)).
			Note(p.Reply(i), "ready for TLS").
			Helpf("begin the handshake right after the 220; where it fails, close the connection")
	},
	Doc: `
After 220 to STARTTLS the next thing that the client sends is the TLS handshake.
A server takes anything else for a broken handshake; one that does not lets the
client believe that it talks in secret.

# What to do

Begin the handshake before any other command. Where it fails, close the
connection: the session cannot go on.

# When it stays silent

Where the recording does not state what was encrypted and what was not: then TLS
is assumed. A connection that is closed after a failed handshake is right, with
or without QUIT.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# tls: off
		C: STARTTLS
		S: 220 2.0.0 Ready
		C: EHLO client.example.com
		# want
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		# tls: off
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# Nothing is said of TLS.
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# The handshake failed.
		# excerpt
		# tls: off
		C: STARTTLS
		S: 220 2.0.0 Ready
		C: QUIT
		# connection closed
		`),
	},
}

// word names a command in a message.
func word(e *transcripts.Exchange) string {
	if v := e.Command.Verb; v > transcripts.Unknown {
		return v.String()
	}
	return "a line that is no command"
}
