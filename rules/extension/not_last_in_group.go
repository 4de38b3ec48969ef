package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var notLastInGroup = &lint.Rule{
	ID:       "not-last-in-group",
	Title:    "A command that must end a pipelined group was followed by another",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order | transcripts.Reaction,
	Refs:     []lint.Ref{lint.RFC(2920, "3.1"), lint.RFC(4954, "4")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Odd:      lint.Early,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !e.Command.Early || i == 0 {
			return // by far the most
		}
		before := &p.Exchanges[i-1]
		if before.Kind != transcripts.Ordered || !before.Reply.Recorded() || before.Before.Offers.Lacks("PIPELINING") || !endsGroup(before) {
			return
		}
		p.Report(p.Command(i), "%s was sent before the reply to %v, which must be the last of a group", word(e), before.Command.Verb).
			Note(p.Command(i-1), "the group ended here").
			Helpf("wait for the reply to %v before going on", before.Command.Verb)
	},
	Doc: `
PIPELINING lets a client send MAIL, RCPT and RSET without waiting. DATA, VRFY,
EXPN, NOOP, TURN, ETRN, ATRN and AUTH may only be the last command of such a
group: what comes next depends on their reply. Servers may throw away what comes
behind them.

# What to do

Wait for the reply to such a command before the next one.

# When it stays silent

Where the server does not offer PIPELINING: pipelining-not-offered says more, and
also speaks of EHLO, after which it is not known yet. AUTH with an initial
response is complete where the mechanism needs no more and brings no security
layer (PLAIN, EXTERNAL, XOAUTH2, OAUTHBEARER). BDAT and BURL may follow each
other, and QUIT or MAIL the period that ends a message. XCLIENT and XFORWARD may
stand anywhere. What is sent behind STARTTLS, QUIT or an accepted DATA has rules
of its own.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: NOOP
		C: MAIL FROM:<a@example.com>
		# want
		S: 250 2.0.0 Ok
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 AUTH CRAM-MD5
		C: AUTH CRAM-MD5
		C: MAIL FROM:<a@example.com>
		# want
		S: 334 PDFAbXguZXhhbXBsZS5vcmc+
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 PIPELINING
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		C: DATA
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		C: QUIT
		S: 250 2.0.0 Queued
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# A login that is complete in one line, and a message in chunks.
		# tls: off
		# TLS established
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250-CHUNKING
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		C: BDAT 4
		C= "ab\r\n"
		C: BDAT 0 LAST
		S: 235 2.7.0 Welcome
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		S: 250 2.0.0 4 octets
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 XFORWARD NAME ADDR
		C: XFORWARD ADDR=192.0.2.1
		C: MAIL FROM:<a@example.com>
		S: 250 2.0.0 Ok
		S: 250 2.1.0 Ok
		`),
	},
}

// endsGroup reports whether the command of e must be the last of a group.
func endsGroup(e *transcripts.Exchange) bool {
	switch e.Command.Verb {
	case transcripts.VRFY, transcripts.EXPN, transcripts.NOOP, transcripts.TURN, transcripts.ETRN, transcripts.ATRN:
		return true
	case transcripts.DATA:
		return e.Reply.Code.Failed()
	case transcripts.AUTH:
		if sasl.Initial(&e.Command) == "" {
			return true
		}
		switch sasl.Named(&e.Command) {
		case "PLAIN", "EXTERNAL", "OAUTHBEARER", "XOAUTH2":
			return false
		}
		return true
	}
	return false
}

// word names a command in a message.
func word(e *transcripts.Exchange) string {
	if v := e.Command.Verb; v > transcripts.Unknown {
		return v.String()
	}
	return "a command"
}
