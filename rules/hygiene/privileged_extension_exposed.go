package hygiene

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/private"
	"github.com/smtplint/smtplint/transcripts"
)

var privilegedExtensionExposed = &lint.Rule{
	ID:       "privileged-extension-exposed",
	Title:    "XCLIENT or XFORWARD was offered to a stranger",
	Area:     lint.Hygiene,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{{Title: "Postfix XCLIENT Howto"}, {Title: "Postfix XFORWARD Howto"}},
	On:       []transcripts.Verb{transcripts.EHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    lint.Offered("XCLIENT", "XFORWARD"),
	Exchange: func(p *lint.Pass, i int) {
		offers := p.Exchanges[i].Reply.Offers()
		for k := range offers.Len() {
			keyword, _ := offers.Line(k)
			if len(keyword) < 7 || keyword != "XCLIENT" && keyword != "XFORWARD" || p.Found() > 0 {
				continue
			}
			a := peer(p)
			if !a.IsValid() || a.IsPrivate() || !a.IsGlobalUnicast() {
				return
			}
			d := p.Report(p.ReplyLine(i, k+1), "%s lets a client pretend to be another, and was offered to %v", keyword, a).
				Helpf("name your proxies and filters only in smtpd_authorized_%s_hosts", map[string]string{"XCLIENT": "xclient", "XFORWARD": "xforward"}[keyword])
			if !private.Public(a) {
				d.Sure(lint.Likely) // an address that is kept for examples
			}
			return
		}
	},
	Doc: `
With XCLIENT a client tells the server whose address, name and login it shall
believe in; with XFORWARD what shall stand in the log. Both are for proxies and
filters of the same site. Offered to strangers they open all doors that stand
open for some address.

# What to do

List only your own proxies and filters in smtpd_authorized_xclient_hosts and
smtpd_authorized_xforward_hosts.

# When it stays silent

Where the client's address is not on record, and where it is one of the same
host or of a private network. In the plain notation "# client: 192.0.2.1" states
it.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# client: 203.0.113.9
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XCLIENT NAME ADDR
		# want likely
		`),
		lint.Good(`
		# client: 127.0.0.1
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XCLIENT NAME ADDR
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XCLIENT NAME ADDR
		`),
	},
}
