package session

import (
	"fmt"
	"strings"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// patience is how long a server must wait for a command (RFC 5321 §4.5.3.2.7).
const patience = 5 * time.Minute

// abuse is the number of refused commands after which a server may be taken to
// defend itself (RFC 5321 §7.8).
const abuse = 10

var serverClosedWithout421 = &lint.Rule{
	ID:       "server-closed-without-421",
	Title:    "The server closed the connection without saying so",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Sees:     transcripts.Closing,
	Refs:     []lint.Ref{lint.RFC(5321, "3.8"), lint.RFC(5321, "3.1"), lint.RFC(5321, "7.8"), lint.RFC(7504, "3")},
	Session: func(p *lint.Pass) {
		if p.Ended != transcripts.ServerClosed || excused(p) {
			return
		}
		failed := 0
		for i := range p.Exchanges {
			if p.Closes(i) {
				return
			}
			if p.Exchanges[i].Reply.Code.Failed() {
				failed++
			}
		}
		last := len(p.Exchanges) - 1
		e := &p.Exchanges[last]
		if asksForTLS(e) || last > 0 && asksForTLS(&p.Exchanges[last-1]) || e.Command.Verb == transcripts.QUIT && e.Reply.Recorded() {
			return
		}
		if e.Kind == transcripts.Content && e.Body.End == transcripts.Dot && !e.Reply.Recorded() {
			return // end-of-data-reply-missing has more to say
		}
		d := p.Report(closed(p), "the server closed the connection %s, without 421", after(e)).Note(p.Last(last), "the last that was said")
		switch {
		case e.Reply.Code == 521 || failed >= abuse:
			d.AtMost(lint.Info)
			d.Helpf("send 421 before closing, also where the client misbehaves")
		case e.Kind == transcripts.Connected && e.Reply.Code.Failed():
			d.Helpf("after a greeting that refuses the client wait for QUIT, or greet with 421 or 521")
		default:
			d.Helpf("answer 500 or another 5yz to what cannot be done and keep the connection; send 421 before closing")
		}
	},
	Doc: `
A server must not close the connection on its own account without a word: the
client cannot tell a fault of the network from a decision, and must assume that
its message may or may not have been delivered. Bad input deserves a 5yz, not a
closed connection; after a greeting of 554 the server still waits for QUIT.

# What to do

Send 421 before closing. Answer commands that are not known with 500.

# When it stays silent

After 221, 421 and a greeting of 521; where a message was not answered, which is
a finding of its own, end-of-data-reply-missing; where QUIT was answered with
another code; where a TLS handshake failed, or something else was sent in its
place; where the server had waited for five minutes, or the recording speaks of
a timeout or a crash. After ten refused commands, and after a 521 as Postfix and
Haraka send it, the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		# server closed the connection
		# want
		`),
		lint.Bad(`
		S: 554 mx.example.org No SMTP service here
		# server closed the connection
		# want
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		# server closed the connection
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		# server closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		S: 421 4.3.2 mx.example.org Shutting down
		# server closed the connection
		`),
		lint.Good(`
		S: 521 mx.example.org takes no mail
		# server closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Go ahead
		# server closed the connection: handshake failure
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Go ahead
		C: hello?
		S: 550 5.7.0 Handshake error
		# server closed the connection
		`),
		lint.Good(`
		10:00:00 S: 220 mx.example.org ESMTP
		10:00:01 C: EHLO client.example.com
		10:00:01 S: 250 mx.example.org
		10:05:02 # server closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		# the server's process was killed by signal 9
		# server closed the connection
		`),
	},
}

// excused reports whether the recording gives a reason that is no decision of
// the server: it waited long enough, or it broke down.
func excused(p *lint.Pass) bool {
	first := &p.Exchanges[0]
	if first.Kind == transcripts.Connected && first.Reply.Code == 521 {
		return true
	}
	last := &p.Exchanges[len(p.Exchanges)-1]
	since := max(last.Reply.At, last.Command.At)
	for k := range p.Remarks {
		m := &p.Remarks[k]
		if waited, known := m.At.Sub(since); m.Note == transcripts.ServerClosed && known && waited >= patience {
			return true
		}
		low := strings.ToLower(m.Text)
		for _, w := range [...]string{"timeout", "timed out", "crash", "panic", "killed", "signal"} {
			if strings.Contains(low, w) {
				return true
			}
		}
	}
	return false
}

// asksForTLS reports whether a handshake was due behind an exchange.
func asksForTLS(e *transcripts.Exchange) bool {
	return e.Command.Verb == transcripts.STARTTLS && e.Reply.Code == 220
}

// after says what an exchange was the last of.
func after(e *transcripts.Exchange) string {
	what := "after"
	if !e.Reply.Recorded() {
		what = "instead of answering"
	}
	switch {
	case e.Kind == transcripts.Connected:
		return "after its greeting"
	case e.Kind == transcripts.Unasked:
		return fmt.Sprintf("after %03d", e.Reply.Code)
	case e.Body != nil && e.Body.End == transcripts.Cut:
		return "within the message"
	case e.Kind == transcripts.Content:
		return what + " the message"
	case e.Command.Verb > transcripts.Unknown:
		return what + " " + e.Command.Verb.String()
	}
	return what + " the last command"
}
