package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bdatNeverLast = &lint.Rule{
	ID:       "bdat-never-last",
	Title:    "A message in chunks was never completed with LAST",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "2")},
	On:       []transcripts.Verb{transcripts.QUIT, transcripts.MAIL, transcripts.EHLO, transcripts.HELO, transcripts.LHLO},
	Odd:      lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Before.Mail == 0 {
			return
		}
		for j := i - 1; j >= max(0, i-lint.LookBack); j-- {
			e := &p.Exchanges[j]
			switch {
			case chunk(e) && e.Reply.Code.OK():
				p.Report(p.Command(i), "%v was sent, but the message begun with BDAT had no chunk with LAST", p.Exchanges[i].Command.Verb).
					Note(p.Command(j), "the last chunk that was sent").
					Helpf("say LAST with the last chunk, or send BDAT 0 LAST behind it; to give the message up, send RSET")
				return
			case e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.NOOP && e.Command.Verb != transcripts.RCPT:
				return
			}
		}
	},
	Doc: `
Only LAST ends a message that is sent in chunks, as the period does after DATA.
What was sent without it is thrown away, and nobody is told.

# What to do

Say LAST with the last chunk, or send "BDAT 0 LAST" when all is sent.

# When it stays silent

Where a chunk was refused, and where RSET gives the message up on purpose. Where
the connection or the recording ends first. BURL with LAST ends a message, too.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 250 2.0.0 4 octets
		C: QUIT
		# want
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 250 2.0.0 4 octets
		C: MAIL FROM:<b@example.com>
		# want
		S: 503 5.5.1 Nested MAIL
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 250 2.0.0 4 octets
		C: BDAT 0 LAST
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# A refused chunk, a message given up, and one that BURL ends.
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 452 4.3.1 Disk full
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 BURL imap
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 250 2.0.0 4 octets
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 250 2.0.0 4 octets
		C: BURL imap://a@example.com/Drafts;uid=1 LAST
		S: 250 2.5.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The recording ends first.
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 250 2.0.0 4 octets
		`),
	},
}
