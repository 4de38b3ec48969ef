package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var clientTalksBeforeGreeting = &lint.Rule{
	ID:       "client-talks-before-greeting",
	Title:    "The client spoke before the greeting was complete",
	Area:     lint.Session,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(5321, "4.3.1"), lint.RFC(5321, "3.2")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Odd:      lint.Early,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if i == 0 || !e.Command.Early || p.Exchanges[i-1].Kind != transcripts.Connected {
			return
		}
		if offers := e.Reply.Offers(); e.Command.Verb == transcripts.EHLO && (offers.Has("PIPECONNECT") || offers.Has("X_PIPE_CONNECT")) {
			return // the client knew that from an earlier connection
		}
		what := "something"
		if v := e.Command.Verb; v > transcripts.Unknown {
			what = v.String()
		}
		d := p.Report(p.Command(i), "%s was sent before the greeting was complete", what).
			Helpf("read the whole greeting before the first command, also where it has several lines")
		if greeting := p.Exchanges[i-1].Reply; greeting.Recorded() {
			d.Note(p.ReplyLine(i-1, len(greeting.Lines)-1), "the greeting ends here")
		}
		if !p.Proves.Has(transcripts.Segments) && !before(e.Command.At, p.Exchanges[i-1].Reply.At) {
			d.Sure(lint.Likely)
		}
	},
	Doc: `
The server speaks first: the client waits for its greeting, to the last line of
it, before it sends a command. Clients that do not wait are mostly sent by
spammers, so many servers make them wait, with a greeting that takes seconds or
comes in two parts, and then refuse them.

# What to do

Read until the greeting's last line, the one with a space behind 220.

# When it stays silent

A PROXY header and a TLS handshake come before the greeting rightly, and so does
EHLO where the server offers PIPECONNECT, as Exim does, which the client may know
from an earlier connection. A server's log does not show what the client had read. Without times or packets the order
of the lines may be the recorder's, so the finding is not certain.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		# want likely
		S: 220 mx.example.org ESMTP
		S: 250 mx.example.org
		`),
		lint.Bad(`
		# excerpt
		S: 220-mx.example.org ESMTP
		C: EHLO client.example.com
		# want likely
		S: 220 Welcome
		S: 250 mx.example.org
		`),
		lint.Bad(`
		10:00:00 C: EHLO client.example.com
		# want
		10:00:02 S: 220 mx.example.org ESMTP
		10:00:03 S: 250 mx.example.org
		10:00:04 C: QUIT
		10:00:05 S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# Exim knows from an earlier connection that the server allows this.
		C: EHLO client.example.com
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		S: 220 mx.example.org ESMTP
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 PIPECONNECT
		S: 250 OK
		S: 250 Accepted
		C: QUIT
		S: 221 mx.example.org closing connection
		`),
		lint.Good(`
		# excerpt
		C: PROXY TCP4 192.0.2.1 192.0.2.25 56324 25
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
	},
}

// before reports whether a time is known to lie before another one.
func before(a, b transcripts.Instant) bool {
	between, ok := b.Sub(a)
	return ok && between > 0
}
