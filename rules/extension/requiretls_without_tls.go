package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var requiretlsWithoutTLS = &lint.Rule{
	ID:       "requiretls-without-tls",
	Title:    "TLS was demanded for a message on a connection without TLS",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(8689, "2"), lint.RFC(8689, "4.2.1")},
	On:       []transcripts.Verb{transcripts.MAIL},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		param, ok := e.Command.Param("REQUIRETLS")
		if !ok || p.Envelope(i).Path.Null() || e.Before.Offers.Lacks("REQUIRETLS") {
			return
		}
		sure := p.InClear(i)
		if sure == 0 {
			return
		}
		refused(p, i, p.Report(p.Part(i, param.Text), "REQUIRETLS was sent in clear text").
			Sure(sure).
			Helpf("send STARTTLS first, then EHLO, and see that REQUIRETLS is listed again"))
	},
	Doc: `
REQUIRETLS says that a message must not cross any connection without TLS. A
client that sends it in clear text has done just that.

# What to do

Begin TLS, verify the server's certificate, send EHLO again, and use REQUIRETLS
where the new list has it.

# When it stays silent

Where the recording does not tell whether TLS was on. On the null sender: a
report is sent even where it cannot be protected. Where the server does not
offer it, parameter-not-advertised says more.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# tls: off
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 REQUIRETLS
		C: MAIL FROM:<a@example.com> REQUIRETLS
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# tls: off
		# TLS established
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 REQUIRETLS
		C: MAIL FROM:<a@example.com> REQUIRETLS
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# Nothing is known about TLS.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 REQUIRETLS
		C: MAIL FROM:<a@example.com> REQUIRETLS
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# tls: off
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 REQUIRETLS
		C: MAIL FROM:<> REQUIRETLS
		S: 250 2.1.0 Ok
		`),
	},
}
