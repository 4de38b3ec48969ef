package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dataAfterBdat = &lint.Rule{
	ID:       "data-after-bdat",
	Title:    "DATA was sent for a message that BDAT had begun",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "2"), lint.RFC(4468, "3.2")},
	On:       []transcripts.Verb{transcripts.DATA},
	Exchange: func(p *lint.Pass, i int) {
		if p.Exchanges[i].Before.Mail == 0 {
			return
		}
		for j := i - 1; j >= max(0, i-lint.LookBack); j-- {
			e := &p.Exchanges[j]
			switch {
			case chunk(e) && e.Reply.Code.OK():
				p.Report(p.Command(i), "DATA was sent, but the message had been begun with %v", e.Command.Verb).
					Note(p.Command(j), "the message was begun here").
					Helpf("finish with BDAT ... LAST, or send RSET and begin again with DATA")
				return
			case e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.RCPT:
				return
			}
		}
	},
	Doc: `
A message is sent with DATA or with BDAT, not with both. After the first chunk a
server must refuse DATA with 503; one that does not would have to guess what
belongs together.

# What to do

Send the rest with BDAT, and LAST with the last chunk. To use DATA after all,
send RSET first and begin with MAIL.

# When it stays silent

Once the chunk with LAST has ended the message: the next one may be sent either
way. Where BDAT was refused, which is no-rset-after-failed-bdat. BDAT and BURL
may be mixed.
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
		C: DATA
		# want
		S: 503 5.5.1 DATA after BDAT
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# The next message may use DATA, and BURL and BDAT go together.
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BURL imap://a@example.com/Drafts;uid=1
		S: 250 2.5.0 Ok
		C: BDAT 0 LAST
		S: 250 2.0.0 Queued
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# RSET has thrown the chunk away.
		# excerpt
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
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
