package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var dsnRequestWithNullSender = &lint.Rule{
	ID:       "dsn-request-with-null-sender",
	Title:    "A report was asked for, but there is no sender to get it",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3461, "5.2")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		keyword, mail := "RET", i
		if e.Command.Verb == transcripts.RCPT {
			keyword = "NOTIFY"
		}
		param, ok := e.Command.Param(keyword)
		if !ok || !wantsReport(param) {
			return
		}
		if e.Command.Verb == transcripts.RCPT {
			mail = p.Mail(i)
		}
		if mail < 0 {
			return
		}
		path := p.Exchanges[mail].Command.Path()
		if !path.Null() || again(p, i, func(j int) bool {
			o := &p.Exchanges[j]
			return o.Kind == transcripts.Ordered && o.Command.Verb == e.Command.Verb && o.Before.Mail == e.Before.Mail && !o.Command.Plain()
		}) {
			return
		}
		d := p.Report(p.Part(i, param.Text), "%s was sent, but with the sender <> no report can be returned", quote(param.Text)).
			Helpf("leave it out; NOTIFY=NEVER says that none is wanted")
		if mail != i {
			d.Note(p.Command(mail), "there is no sender")
		}
	},
	Doc: `
A message with the null sender <> is itself a report, or another message that
nobody is to be told about. No report on it may be sent, so asking for one, or
for the whole message in it, has no effect.

# What to do

Leave the parameter out, or say NOTIFY=NEVER.

# When it stays silent

On NOTIFY=NEVER and NOTIFY=FAILURE, and on RET=HDRS. Only the first recipient of
a transaction is shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<> RET=FULL
		# want
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> NOTIFY=SUCCESS
		# want
		S: 250 2.1.5 Ok
		C: RCPT TO:<c@example.org> NOTIFY=SUCCESS
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<> RET=HDRS
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> NOTIFY=NEVER
		S: 250 2.1.5 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com> RET=FULL
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> NOTIFY=SUCCESS,DELAY
		S: 250 2.1.5 Ok
		`),
	},
}

// wantsReport reports whether a parameter asks for what only a sender can get.
func wantsReport(param transcripts.Param) bool {
	for word := range strings.SplitSeq(param.Value, ",") {
		if strings.EqualFold(word, "SUCCESS") || strings.EqualFold(word, "DELAY") || strings.EqualFold(word, "FULL") {
			return true
		}
	}
	return false
}
