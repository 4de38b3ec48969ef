package tls

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var starttlsAdvertisedInTLS = &lint.Rule{
	ID:       "starttls-advertised-in-tls",
	Title:    "STARTTLS was offered although TLS was already on",
	Area:     lint.TLS,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Before.Secure != transcripts.Yes {
			return
		}
		offers := e.Reply.Offers()
		for k := range offers.Len() {
			if keyword, _ := offers.Line(k); !strings.EqualFold(keyword, "STARTTLS") {
				continue
			}
			d := p.Report(p.ReplyLine(i, k+1), "the server offered STARTTLS although TLS was already on").
				Helpf("leave STARTTLS out of the reply to EHLO once TLS is on, also where TLS is on from the beginning")
			if e.Before.Assumed {
				d.Sure(lint.Likely).AtMost(lint.Warning)
			}
			return
		}
	},
	Doc: `
A server must not offer STARTTLS in a session that is already encrypted. A
client that takes the offer starts a second handshake inside the first one and
hangs or fails.

# What to do

Keep track of TLS in the server, on ports with TLS from the beginning too. Where
a proxy does the TLS, tell the server so.

# When it stays silent

Where nothing says that TLS was on. Where that only follows from the 220 to
STARTTLS, the handshake may have failed, and the finding is a warning.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-STARTTLS
		# want
		S: 250 8BITMIME
		`),
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 STARTTLS
		# want likely
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE 1000000
		`),
	},
}
