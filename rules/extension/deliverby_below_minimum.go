package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var deliverbyBelowMinimum = &lint.Rule{
	ID:       "deliverby-below-minimum",
	Title:    "Delivery was demanded in less time than the server can promise",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(2852, "2"), lint.RFC(2852, "4")},
	On:       []transcripts.Verb{transcripts.MAIL},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		param, ok := e.Command.Param("BY")
		if !ok {
			return
		}
		params, _ := e.Before.Offers.Find("DELIVERBY")
		least := esmtp.Number(params)
		seconds, mode, _ := strings.Cut(param.Value, ";")
		asked := esmtp.Number(strings.TrimPrefix(seconds, "+"))
		if asked == 0 || asked >= least || mode == "" || mode[0]|0x20 != 'r' {
			return
		}
		refused(p, i, p.Report(p.Part(i, param.Text), "%s was sent, but the server needs %d seconds at least", quote(param.Text), least).
			Note(offer(e.Before.Offers, "DELIVERBY"), "the least time").
			Helpf("ask for %d seconds or more, or for mode N, which only asks to be told", least))
	},
	Doc: `
With BY= and R the client asks that a message be delivered within some time, or
returned. The server has said how much time it needs at least, and must refuse
less.

# What to do

Ask for at least as many seconds as stand behind DELIVERBY in the reply to EHLO.

# When it stays silent

On mode N, whose time may even be over. Where the server names no least time.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DELIVERBY 3600
		C: MAIL FROM:<a@example.com> BY=60;R
		# want
		S: 555 5.5.4 by-time too short
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DELIVERBY 3600
		C: MAIL FROM:<a@example.com> BY=7200;R
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com> BY=60;N
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com> BY=-60;N
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DELIVERBY
		C: MAIL FROM:<a@example.com> BY=60;R
		S: 250 2.1.0 Ok
		`),
	},
}
