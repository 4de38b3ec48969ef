package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var sizeRefusedAfterAcceptance = &lint.Rule{
	ID:       "size-refused-after-acceptance",
	Title:    "The server agreed to the size of the message, and then found it too large",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(1870, "6.3")},
	On:       endsByVerb,
	In:       endsByKind,
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 552 || !aboutSize(&e.Reply) {
			return
		}
		mail := p.Mail(i)
		if mail < 0 {
			return
		}
		param, octets, ok := declared(p, mail)
		sent := measured(p, i, mail)
		if !ok || sent == 0 || sent > octets {
			return
		}
		p.Report(p.Reply(i), "the server had agreed to %s octets, then it refused %d as too large", param.Value, sent).
			Note(p.Part(mail, param.Text), "announced here, and accepted").
			Helpf("refuse MAIL with 552 when the size that it announces is too large; where room has run out since, answer 452")
	},
	Doc: `
A client announces the size of a message so that it need not send what will be
refused. This server agreed to the size, took the whole message, and then
refused it for its size.

# What to do

Compare SIZE= with the limit when MAIL comes. Where storage has run out in the
meantime, 452 is the answer: the client tries again.

# When it stays silent

Where the message was larger than announced; where the mailbox of one recipient
is full (5.2.2, 5.2.3), which cannot be known at MAIL. Where the recording does
not show all content.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 SIZE
		C: MAIL FROM:<a@example.com> SIZE=5000
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 20 LAST
		C= "Subject: hi\r\n"
		C= "\r\n"
		C= "hello"
		S: 552 5.3.4 Too big
		# want
		`),
		lint.Good(`
		# One mailbox is full.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 SIZE
		C: MAIL FROM:<a@example.com> SIZE=5000
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 20 LAST
		C= "Subject: hi\r\n"
		C= "\r\n"
		C= "hello"
		S: 552 5.2.2 The size of the mailbox exceeds its quota
		`),
		lint.Good(`
		# It was larger than announced.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 SIZE
		C: MAIL FROM:<a@example.com> SIZE=19
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 20 LAST
		C= "Subject: hi\r\n"
		C= "\r\n"
		C= "hello"
		S: 552 5.3.4 Too big
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE
		C: MAIL FROM:<a@example.com> SIZE=5000
		S: 552 5.3.4 Too big
		`),
	},
}

// aboutSize reports whether a refusal says that a message is too large, and not
// that a mailbox is full.
func aboutSize(r *transcripts.Reply) bool {
	status, _, ok := codes.ParseStatusCode(r.Lines[0].Text)
	switch {
	case ok && status.Subject == 2, lint.Says(r, "quota", "mailbox", "full", "storage") != "":
		return false
	case ok && status.Subject == 3 && status.Detail == 4:
		return true
	}
	return lint.Says(r, "size", "too big", "too large", "too long", "larger") != ""
}
