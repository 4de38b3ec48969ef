package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var binarymimeWithData = &lint.Rule{
	ID:       "binarymime-with-data",
	Title:    "A message that was announced as binary was sent with DATA",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3030, "3")},
	On:       []transcripts.Verb{transcripts.MAIL},
	Got:      []transcripts.Class{transcripts.Success},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		body, _ := p.Exchanges[i].Command.Param("BODY")
		if !strings.EqualFold(body.Value, "BINARYMIME") {
			return
		}
		for j := i + 1; j < len(p.Exchanges); j++ {
			e := &p.Exchanges[j]
			if e.Kind != transcripts.Ordered || e.Before.Mail == 0 || e.Before.Mail == p.Exchanges[i].Before.Mail {
				return // the transaction is over
			}
			if e.Command.Verb != transcripts.DATA {
				continue
			}
			d := p.Report(p.Command(j), "DATA was sent for a message that was announced with %s", body.Text).
				Note(p.Part(i, body.Text), "announced here").
				Helpf("send the message with BDAT")
			refused(p, j, d)
			return
		}
	},
	Doc: `
A binary message is not made of lines, so no period on a line of its own can end
it. It must be sent with BDAT, which counts octets; a server answers 503 to DATA.

# What to do

Send the message with BDAT, or encode it and announce BODY=8BITMIME or nothing.

# When it stays silent

Where MAIL was refused, and in the next transaction.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=BINARYMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		# want
		S: 503 5.5.1 Use BDAT
		C: RSET
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=BINARYMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
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
	},
}
