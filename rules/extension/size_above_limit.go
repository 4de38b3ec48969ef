package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var sizeAboveLimit = &lint.Rule{
	ID:       "size-above-limit",
	Title:    "A message was announced that is larger than the server takes",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(1870, "4"), lint.RFC(1870, "6.1"), lint.RFC(1870, "7")},
	On:       []transcripts.Verb{transcripts.MAIL},
	Odd:      lint.OddCommand | lint.Params,
	Exchange: func(p *lint.Pass, i int) {
		param, octets, ok := declared(p, i)
		offers := p.Exchanges[i].Before.Offers
		limit := esmtp.SizeLimit(offers)
		if !ok || limit == 0 || octets <= limit {
			return
		}
		d := p.Report(p.Part(i, param.Text), "a message of %s octets was announced, but the server takes %d at most", param.Value, limit).
			Note(offer(offers, "SIZE"), "the limit").
			Helpf("compare before sending, and tell the sender that the message is too large")
		refused(p, i, d)
	},
	Doc: `
The server has said how large a message it takes. Whoever announces a larger one
all the same is refused now, or after the whole message was sent.

# What to do

Compare the size of the message with the number behind SIZE in the reply to
EHLO, and return a message that is too large to its sender at once.

# When it stays silent

Where the server gives no number, or 0: then it has no fixed limit.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 1000
		C: MAIL FROM:<a@example.com> SIZE=5000
		# want
		S: 552 5.3.4 Message size exceeds fixed maximum
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 5000
		C: MAIL FROM:<a@example.com> SIZE=5000
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# No fixed limit.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 0
		C: MAIL FROM:<a@example.com> SIZE=5000
		S: 250 2.1.0 Ok
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE
		C: MAIL FROM:<a@example.com> SIZE=5000
		S: 250 2.1.0 Ok
		`),
	},
}
