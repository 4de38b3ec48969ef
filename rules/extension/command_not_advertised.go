package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var commandNotAdvertised = &lint.Rule{
	ID:       "command-not-advertised",
	Title:    "A command was used that the server had not offered",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "2.2.1"), lint.RFC(3030, "2"), lint.RFC(1985, "4"), lint.RFC(2645, "5.1"), lint.RFC(4468, "3.1")},
	On: []transcripts.Verb{transcripts.ATRN, transcripts.BDAT, transcripts.BURL, transcripts.ETRN,
		transcripts.XCLIENT, transcripts.XFORWARD},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		x := esmtp.Of(e.Command.Verb)
		u := esmtp.Use{By: []string{x.Keyword}}
		if !u.Lacking(e.Before.Offers) || u.Stale(&e.Before) || again(p, i, func(j int) bool {
			o := &p.Exchanges[j]
			return o.Kind == transcripts.Ordered && o.Command.Verb == e.Command.Verb && o.Before.Offers == e.Before.Offers
		}) {
			return
		}
		d := p.Report(p.Part(i, e.Command.Text[:len(e.Command.Verb.String())]), "%v was sent, but %s",
			e.Command.Verb, notOffered(&e.Before, x.Keyword)).
			Ref(lint.RFC(5321, "2.2.1"), x.Ref).
			Helpf("send %v only where the reply to EHLO lists %s", e.Command.Verb, x.Keyword)
		refused(p, i, d)
		if e.Command.Verb == transcripts.BDAT && e.Reply.Code.Failed() {
			d.Helpf("send BDAT only where the reply to EHLO lists CHUNKING; other servers take the chunk for commands")
		}
	},
	Doc: `
BDAT, BURL, ETRN, ATRN, XCLIENT and XFORWARD belong to extensions, and a client
may send them only where the reply to EHLO lists the keyword: CHUNKING for BDAT,
the name of the command for the others. BDAT is the worst to send blindly: a
server that does not know it reads the message as commands.

# What to do

Look for the keyword in the reply to the last EHLO.

# When it stays silent

Where the list is not on record, and where the extension was offered before TLS,
which is stale-capabilities. STARTTLS and AUTH have rules of their own; VRFY,
EXPN and HELP need no keyword.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: ETRN example.com
		# want
		S: 500 5.5.2 Not recognized
		C: ETRN example.net
		S: 500 5.5.2 Not recognized
		`),
		lint.Bad(`
		# excerpt
		C: HELO client.example.com
		S: 250 mx.example.org
		C: XCLIENT ADDR=192.0.2.1
		# want
		S: 500 5.5.2 Not recognized
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 ETRN
		C: ETRN example.com
		S: 250 queuing started
		`),
		lint.Good(`
		# VRFY and HELP need no keyword.
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		C: HELP
		S: 214 2.0.0 See RFC 5321
		`),
		lint.Good(`
		# What the server offers is not on record.
		# excerpt
		C: ETRN example.com
		S: 500 5.5.2 Not recognized
		`),
	},
}
