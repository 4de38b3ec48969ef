package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var noRsetAfterFailedBdat = &lint.Rule{
	ID:       "no-rset-after-failed-bdat",
	Title:    "The client went on with a message of which a chunk had been refused",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "2")},
	On:       []transcripts.Verb{transcripts.BDAT, transcripts.BURL, transcripts.DATA},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if i == 0 || e.Command.Early || !failed(&p.Exchanges[i-1]) {
			return
		}
		if i > 1 && failed(&p.Exchanges[i-2]) && !p.Exchanges[i-1].Command.Early {
			return // the one before was reported
		}
		d := p.Report(p.Command(i), "%v was sent, though the chunk before it had been refused", e.Command.Verb).
			Note(p.Reply(i-1), "the message had failed here").
			Helpf("send no more of the message: RSET (or QUIT), and begin anew with MAIL")
		refused(p, i, d)
	},
	Doc: `
When a chunk is refused the whole message has failed. A client must not send
more of it, and must clear the transaction before it goes on: otherwise the
server may put together a message with a hole in it.

# What to do

Send RSET after a refused chunk, and try the message again if the code began
with 4.

# When it stays silent

On chunks that had been sent before the refusal came. RSET, QUIT, EHLO and a
closed connection all clear the transaction. Where the server does not know BDAT
(500, 502), DATA is a way out.
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
		S: 452 4.3.1 Disk full
		C: BDAT 4 LAST
		# want
		C= "cd\r\n"
		S: 503 5.5.1 Bad sequence
		C: BDAT 4 LAST
		C= "cd\r\n"
		S: 503 5.5.1 Bad sequence
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# Two chunks were on their way when the first was refused.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		C: BDAT 4 LAST
		C= "cd\r\n"
		S: 452 4.3.1 Disk full
		S: 503 5.5.1 Bad sequence
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# EHLO clears the transaction as well.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 CHUNKING
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 4
		C= "ab\r\n"
		S: 452 4.3.1 Disk full
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 CHUNKING
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
