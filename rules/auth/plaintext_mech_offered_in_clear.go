package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var plaintextMechOfferedInClear = &lint.Rule{
	ID:       "plaintext-mech-offered-in-clear",
	Title:    "The server offered PLAIN or LOGIN without TLS",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(4954, "6")},
	Session: func(p *lint.Pass) {
		if p.LMTP || p.Local() {
			return
		}
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.EHLO || !e.Reply.Code.OK() || e.Before.Adrift {
				continue
			}
			offers := e.Reply.Offers()
			sure := p.InClear(i)
			if sure == 0 && e.Before.Secure == transcripts.Maybe && offers.Has("STARTTLS") {
				sure = lint.Likely // RFC 3207 §4.2
			}
			line, names := readable(&offers)
			if sure == 0 || line < 0 {
				continue
			}
			d := p.Report(p.ReplyLine(i, line+1), "the server offered %s before TLS", strings.Join(names, " and ")).Sure(sure).
				Helpf("offer these mechanisms only after STARTTLS")
			if sure != lint.Certain {
				d.AtMost(lint.Info)
			}
			return
		}
	},
	Doc: `
A server that offers PLAIN or LOGIN in clear text invites clients to send the
password in clear text, and some do.

# What to do

List these mechanisms only once TLS is on (Postfix: smtpd_tls_auth_only = yes).

# When it stays silent

Where TLS was on, or nothing is known about it; in LMTP, within one machine, and
with servers that bear a name for tests. Where only the STARTTLS in the same
reply shows that TLS was off, it is an info. It is said once for each session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# tls: off
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-STARTTLS
		S: 250 AUTH PLAIN LOGIN CRAM-MD5
		# want
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-STARTTLS
		S: 250 AUTH PLAIN
		# want likely
		`),
		lint.Good(`
		# excerpt
		# tls: off
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-AUTH SCRAM-SHA-256
		S: 250 STARTTLS
		`),
		lint.Good(`
		# Nothing is said of TLS.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN LOGIN
		`),
		lint.Good(`
		# Trying 127.0.0.1:2525...
		# tls: off
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN LOGIN
		`),
	},
}

// readable returns the first line of an EHLO reply that offers PLAIN or LOGIN,
// or -1, and which of them.
func readable(o *transcripts.Offers) (line int, names []string) {
	for k := range o.Len() {
		keyword, params := o.Line(k)
		if !strings.EqualFold(keyword, "AUTH") {
			continue
		}
		for name := range strings.FieldsSeq(params) {
			if name = strings.ToUpper(name); name != "XOAUTH2" && name != "OAUTHBEARER" && sasl.Find(name).Readable {
				if names == nil {
					names = make([]string, 0, 2)
				}
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			return k, names
		}
	}
	return -1, nil
}
