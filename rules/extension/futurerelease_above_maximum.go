package extension

import (
	"strings"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var futurereleaseAboveMaximum = &lint.Rule{
	ID:       "futurerelease-above-maximum",
	Title:    "A message was to be held longer than the server does",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4865, "4.1")},
	On:       []transcripts.Verb{transcripts.MAIL},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		interval, date := holdLimits(e.Before.Offers)
		for param := range p.Envelope(i).Params() {
			limit := ""
			switch strings.ToUpper(param.Keyword) {
			case "HOLDFOR":
				if most := esmtp.Number(interval); most > 0 && esmtp.Number(param.Value) > most {
					limit = interval + " seconds"
				}
			case "HOLDUNTIL":
				last, err := time.Parse(time.RFC3339, date)
				until, wrong := time.Parse(time.RFC3339, param.Value)
				if err == nil && wrong == nil && until.After(last) {
					limit = date
				}
			}
			if limit == "" {
				continue
			}
			refused(p, i, p.Report(p.Part(i, param.Text), "%s was sent, but the server holds messages for %s at most", quote(param.Text), limit).
				Note(offer(e.Before.Offers, "FUTURERELEASE"), "the limits").
				Helpf("stay below %s", limit))
			return
		}
	},
	Doc: `
With HOLDFOR or HOLDUNTIL the client asks the server to keep a message until
later. The server has said for how long, and until when, it does so; a client
must not ask for more.

# What to do

Compare with the two values behind FUTURERELEASE in the reply to EHLO.

# When it stays silent

Where the server's limits are not on record, or cannot be read. A date is
compared with the date that the server names, not with any clock.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 FUTURERELEASE 86400 2030-01-01T00:00:00Z
		C: MAIL FROM:<a@example.com> HOLDFOR=999999
		# want
		S: 501 5.5.4 Hold too long
		C: MAIL FROM:<a@example.com> HOLDUNTIL=2030-01-01T00:00:01Z
		# want
		S: 501 5.5.4 Hold too long
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 FUTURERELEASE 86400 2030-01-01T00:00:00Z
		C: MAIL FROM:<a@example.com> HOLDFOR=3600
		S: 250 2.1.0 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: MAIL FROM:<a@example.com> HOLDUNTIL=2029-12-31T23:59:59Z
		S: 250 2.1.0 Ok
		`),
	},
}

// holdLimits returns the two values that a server offers with FUTURERELEASE.
func holdLimits(o *transcripts.Offers) (interval, date string) {
	params, _ := o.Find("FUTURERELEASE")
	interval, date, _ = strings.Cut(params, " ")
	return interval, date
}
