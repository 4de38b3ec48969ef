package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var utf8AddressWithoutSMTPUTF8 = &lint.Rule{
	ID:       "utf8-address-without-smtputf8",
	Title:    "An address with letters beyond ASCII was sent without SMTPUTF8",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Octets,
	Refs:     []lint.Ref{lint.RFC(6531, "3.1"), lint.RFC(6531, "3.2"), lint.RFC(5321, "2.4")},
	On:       lookups,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		env := p.Envelope(i)
		address := env.Path.Text
		if ascii(address) || env.Path.Mailbox.Hidden() {
			return // by far the most are ASCII
		}
		asked := i
		if e.Command.Verb == transcripts.RCPT {
			if asked = lastMail(p, i); asked < 0 || !ascii(p.Exchanges[asked].Command.Path().Text) || again(p, i, func(j int) bool {
				o := &p.Exchanges[j]
				return o.Kind == transcripts.Ordered && o.Command.Verb == transcripts.RCPT && o.Before.Mail == e.Before.Mail && !ascii(o.Command.Path().Text)
			}) {
				return
			}
		}
		if _, ok := p.Exchanges[asked].Command.Param("SMTPUTF8"); ok {
			return
		}
		d := p.Report(p.Part(i, address), "the address %s is not ASCII, but SMTPUTF8 was not asked for", quote(address))
		if asked != i {
			d.Note(p.Command(asked), "SMTPUTF8 belongs here")
		}
		refused(p, i, d)
		if e.Before.Offers.Lacks("SMTPUTF8") {
			d.Helpf("the server does not offer SMTPUTF8: use an ASCII address, with the domain as an A-label (xn--...)")
			return
		}
		verb := e.Command.Verb
		if verb == transcripts.RCPT {
			verb = transcripts.MAIL
		}
		d.Helpf("add SMTPUTF8 to %v where the server offers it; otherwise use an ASCII address", verb)
	},
	Doc: `
Addresses with letters beyond ASCII exist only where SMTPUTF8 is offered and
asked for: with MAIL for the whole transaction, with VRFY and EXPN for
themselves. Otherwise a server refuses them, or passes them on to one that does.

# What to do

Add SMTPUTF8 to MAIL. Where the server does not offer it, use an ASCII address;
a domain can always be written in A-labels.

# When it stays silent

On A-labels (xn--...), which are ASCII. Where the recording does not keep octets
as they were, and where the MAIL of a recipient is not on record. Only the first
such address of a transaction is shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250 SMTPUTF8
		C: MAIL FROM:<jürgen@example.com>
		# want
		S: 553 5.6.7 Must declare SMTPUTF8
		C: VRFY jürgen
		# want
		S: 553 5.6.7 Must declare SMTPUTF8
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@exämple.org>
		# want
		S: 553 5.6.7 Must declare SMTPUTF8
		C: RCPT TO:<c@exämple.org>
		S: 553 5.6.7 Must declare SMTPUTF8
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250 SMTPUTF8
		C: MAIL FROM:<jürgen@example.com> BODY=8BITMIME SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<zoë@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# An A-label is ASCII.
		# excerpt
		C: MAIL FROM:<a@xn--exmple-cua.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# The recorder has changed octets.
		# proves: Order Unbroken
		# excerpt
		C: MAIL FROM:<jürgen@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}

// lastMail returns the MAIL that a recipient belongs to, whether its reply is on
// record or not, or -1.
func lastMail(p *lint.Pass, i int) int {
	for j := i - 1; j >= max(0, i-lint.LookBack); j-- {
		e := &p.Exchanges[j]
		switch {
		case e.Kind != transcripts.Ordered:
			return -1
		case e.Command.Verb == transcripts.MAIL && !e.Reply.Code.Failed():
			return j
		case e.Command.Verb != transcripts.RCPT && e.Command.Verb != transcripts.NOOP:
			return -1
		}
	}
	return -1
}

func ascii(text string) bool {
	var all byte
	for i := 0; i < len(text); i++ {
		all |= text[i]
	}
	return all < 0x80
}
