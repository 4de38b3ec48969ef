package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var sizeDeclaredTooSmall = &lint.Rule{
	ID:       "size-declared-too-small",
	Title:    "The message was larger than had been announced",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(1870, "5"), lint.RFC(1870, "6.3")},
	On:       endsByVerb,
	In:       endsByKind,
	Exchange: func(p *lint.Pass, i int) {
		mail := p.Mail(i)
		if mail < 0 || p.Exchanges[mail].Command.Plain() {
			return
		}
		param, octets, ok := declared(p, mail)
		if !ok {
			return
		}
		sent := measured(p, i, mail)
		if sent <= octets+max(octets/10, blurred(p, i, sent)) && sent <= octets+1024 || tooLarge(p, i, sent) {
			return
		}
		p.Report(p.Part(mail, param.Text), "%s octets were announced, but %d were sent", param.Value, sent).
			Note(p.Did(i), "the message").
			Helpf("announce the size of the message as it is sent, or a little more")
	},
	Doc: `
SIZE= may be an estimate, but the server decides by it: a message that turns out
to be larger can still be refused after all of it was sent. A number that is far
too small is often the size of a part, or was counted before line ends became
CRLF.

# What to do

Count the octets of the message as it will be sent, with CRLF as two.

# When it stays silent

As long as the difference is at most a tenth of the number, and at most 1 KiB:
fields are often added later. Where the recording does not show all content.
Where the message is beyond the server's limit, which is message-above-limit.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 SIZE 100000
		C: MAIL FROM:<a@example.com> SIZE=10
		# want
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 20 LAST
		C= "Subject: hi\r\n"
		C= "\r\n"
		C= "hello"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# proves: Bodies Octets Order Unbroken
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 100000
		C: MAIL FROM:<a@example.com> SIZE=10
		# want
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: hello
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# Two octets of a dot that was doubled on its way, and a tenth more.
		# proves: Bodies Octets Order Unbroken Stuffing
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 100000
		C: MAIL FROM:<a@example.com> SIZE=30
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hello
		C:
		C: ...and more
		C: ..
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The recorder leaves content out.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 100000
		C: MAIL FROM:<a@example.com> SIZE=10
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: [5000 bytes]
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}

// tooLarge reports whether a message is beyond the limit of the server.
func tooLarge(p *lint.Pass, i int, sent uint64) bool {
	limit := esmtp.SizeLimit(p.Exchanges[i].Before.Offers)
	return limit > 0 && sent > limit+blurred(p, i, sent)
}
