package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var submissionOnlyExtensionOnMX = &lint.Rule{
	ID:       "submission-only-extension-on-mx",
	Title:    "An extension was offered on a port where it does not belong",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4865, "4.2"), lint.RFC(4468, "3.1"), lint.RFC(6409, "7")},
	On:       greetings,
	In:       []transcripts.Kind{transcripts.Connected},
	Got:      []transcripts.Class{transcripts.Success, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		submission := p.Port == 587 || p.Port == 465
		if e.Kind == transcripts.Connected {
			if submission && e.Reply.Code == 521 {
				p.Report(p.Reply(i), "the server greeted with 521 on port %d, where users submit mail", p.Port).
					Ref(lint.RFC(6409, "7")).
					Helpf("do not listen on that port")
			}
			return
		}
		if !e.Reply.Code.OK() || !submission && p.Port != 25 {
			return
		}
		offers := e.Reply.Offers()
		keywords := []string{"FUTURERELEASE", "BURL"}
		if submission {
			keywords = []string{"ETRN", "ATRN"}
		}
		for _, keyword := range keywords {
			if !offers.Has(keyword) || again(p, i, func(j int) bool {
				o := p.Exchanges[j].Reply.Offers()
				return p.Exchanges[j].Command.Verb.Hello() && o.Has(keyword)
			}) {
				continue
			}
			d := p.Report(offer(&offers, keyword), "%s was offered on port %d", keyword, p.Port)
			if submission {
				d.Helpf("offer it on port 25, or 366 for ATRN: users have no queue to start")
			} else {
				d.Helpf("offer it to users who submit mail, on port 587 or 465")
			}
			if keyword == "ETRN" || !submission && offers.Has("AUTH") {
				d.AtMost(lint.Info)
			}
		}
	},
	Doc: `
Some extensions are for users who submit mail (FUTURERELEASE, BURL), others for
servers that exchange it (ETRN, ATRN), and each must be offered on the ports for
its purpose only. 521, which says that a host takes no mail at all, does not
belong on a port for submission either.

# What to do

Remove the keyword on this port.

# When it stays silent

On other ports, and where the port is not known. It is an info on port 25 where
AUTH is offered too: a site may let users submit mail there. So it is for ETRN,
which Postfix lists on every port.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# port: 25
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 BURL imap
		# want
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 BURL imap
		`),
		lint.Bad(`
		# port: 587
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250-AUTH EXTERNAL
		S: 250-ETRN
		# want
		S: 250 ATRN
		# want
		`),
		lint.Bad(`
		# port: 587
		S: 521 msa.example.org takes no mail
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# port: 587
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250-AUTH EXTERNAL
		S: 250 BURL imap
		`),
		lint.Good(`
		# port: 2525
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-ETRN
		S: 250 BURL imap
		`),
	},
}
