package data

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var eightBitWithout8BITMIME = &lint.Rule{
	ID:       "eight-bit-without-8bitmime",
	Title:    "The message has octets above 127, which was not agreed",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Octets | transcripts.Unbroken,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "2.4"), lint.RFC(6152, "3")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Body == nil {
			return
		}
		m := e.Body.Mark(transcripts.EightBit)
		if m == nil || marked(p, i, transcripts.EightBit) {
			return
		}
		mail := opened(p, i)
		if mail < 0 {
			return
		}
		command := &p.Exchanges[mail].Command
		body, declared := command.Param("BODY")
		offers := p.Exchanges[mail].Before.Offers
		head := e.Body.Mark(transcripts.HeaderEightBit)
		switch {
		case strings.EqualFold(body.Value, "8BITMIME") || strings.EqualFold(body.Value, "BINARYMIME"):
			return
		case head != nil && head.Count == m.Count:
			return // all of them are in header fields, which SMTPUTF8 is about
		case offers.Lacks("8BITMIME"):
			p.Report(p.Marked(m), "octets above 127 were sent, although the server does not offer 8BITMIME").
				Helpf("encode the text with quoted-printable or base64, so that only ASCII is sent")
		case offers.Has("8BITMIME"):
			how := "MAIL did not say BODY=8BITMIME"
			if declared {
				how = "MAIL said BODY=" + strings.ToUpper(strings.Clone(body.Value))
			}
			p.Report(p.Marked(m), "octets above 127 were sent, but %s", how).
				Note(p.Command(mail), "the transaction was opened here").
				Helpf("send MAIL with BODY=8BITMIME, or encode the text").
				AtMost(lint.Warning)
		}
	},
	Doc: `
SMTP carries seven bits. Octets above 127 may be sent only to a server that
offers 8BITMIME, in a transaction that was opened with BODY=8BITMIME. Most
servers take them anyway; what becomes of them at the next server, which may
have to convert the message, or not know that it should, is another matter.

# What to do

Where the server offers 8BITMIME, send MAIL with BODY=8BITMIME. Where it does
not, encode the text with quoted-printable or base64.

# When it stays silent

Where the recording does not show octets as they were, or not what the server
offers. Octets above 127 in header fields are the matter of SMTPUTF8 and of
eight-bit-in-header.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: Grüße
		# want
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 8BITMIME
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: Grüße
		# want
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# SMTPUTF8 alone is not enough for the body.
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250 SMTPUTF8
		C: MAIL FROM:<a@example.com> SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: Grüße
		# want
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The header section may be UTF-8 without a word about the body.
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250 SMTPUTF8
		C: MAIL FROM:<a@example.com> SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: Grüße
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 8BITMIME
		C: MAIL FROM:<a@example.com> BODY=8BITMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: Grüße
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder has changed the character set.
		# proves: Opening Closing Unbroken Order Bodies
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: x
		C:
		C: Grüße
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
