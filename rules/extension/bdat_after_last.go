package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bdatAfterLast = &lint.Rule{
	ID:       "bdat-after-last",
	Title:    "A chunk was sent behind the last one",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "2")},
	On:       []transcripts.Verb{transcripts.BDAT},
	Exchange: func(p *lint.Pass, i int) {
		if i == 0 {
			return
		}
		before := &p.Exchanges[i-1]
		if !chunk(before) || before.Body == nil || !before.Body.Last || !before.Reply.Code.OK() {
			return
		}
		d := p.Report(p.Command(i), "BDAT was sent behind BDAT %s, which had ended the message", before.Command.Args).
			Note(p.Command(i-1), "the last chunk").
			Helpf("begin the next message with MAIL; after a 503 send RSET first")
		refused(p, i, d)
	},
	Doc: `
LAST ends the message. A further chunk belongs to no message, and the server
must refuse it with 503. What state the session is in then is not defined.

# What to do

Say LAST with the last chunk only. After 503 send RSET, then MAIL.

# When it stays silent

Where a chunk had failed, and the others were on their way already. What is sent
behind a last chunk that failed is no-rset-after-failed-bdat.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: BDAT 0 LAST
		S: 250 2.0.0 Queued
		C: BDAT 4
		# want
		C= "ab\r\n"
		S: 503 5.5.1 Bad sequence
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: BDAT 0 LAST
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4 LAST
		C= "ab\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# All chunks were sent before the first reply came.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4 LAST
		C= "ab\r\n"
		C: RSET
		S: 452 4.3.1 Disk full
		S: 250 2.0.0 Ok
		`),
	},
}
