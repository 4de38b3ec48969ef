package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var eightBitInHeader = &lint.Rule{
	ID:       "eight-bit-in-header",
	Title:    "A header field has octets above 127, without SMTPUTF8",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Bodies | transcripts.Octets,
	Refs:     []lint.Ref{lint.RFC(5322, "2.2"), lint.RFC(6531, "3.2"), lint.RFC(6532, "3")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		m := e.Body.Mark(transcripts.HeaderEightBit)
		if m == nil {
			return
		}
		mail := opened(p, i)
		if mail < 0 {
			return
		}
		if _, ok := p.Exchanges[mail].Command.Param("SMTPUTF8"); ok {
			return
		}
		d := p.Report(p.Marked(m), "a header field had octets above 127, though MAIL did not say SMTPUTF8").
			Note(p.Command(mail), "the transaction was opened here").
			Helpf("write the text as an encoded word (RFC 2047), or send MAIL with SMTPUTF8 where the server offers it")
		if e.Before.Offers.Lacks("SMTPUTF8") {
			d.Message += ", which the server does not offer"
			d.Helpf("write the text as an encoded word (RFC 2047)")
		}
	},
	Doc: `
Header fields are ASCII. Other text goes into encoded words such as
"=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=", or, with SMTPUTF8 on the whole way, stands there
as UTF-8. Without either, mail programs guess the character set, and servers
refuse, mangle or misread the field.

# What to do

Encode the field with a mail library. Send UTF-8 as it is only in a transaction
that was opened with SMTPUTF8.

# When it stays silent

Header fields of parts inside a MIME message are body here. Recordings in which
octets above 127 were changed are not judged, nor are those that do not show how
the transaction was opened.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=8BITMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: Grüße
		# want
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=8BITMIME SMTPUTF8
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
		`),
		lint.Good(`
		# The field belongs to a part of the message.
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=8BITMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Content-Type: multipart/mixed; boundary=b
		C:
		C: --b
		C: Content-Disposition: attachment; filename="Grüße.txt"
		C:
		C: text
		C: --b--
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder has changed the character set.
		# proves: Order Unbroken Bodies
		C: MAIL FROM:<a@example.com>
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
		`),
	},
}
