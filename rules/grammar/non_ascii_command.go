package grammar

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var nonASCIICommand = &lint.Rule{
	ID:       "non-ascii-command",
	Title:    "A command had octets above 127 where none are allowed",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Octets,
	Refs:     []lint.Ref{lint.RFC(5321, "2.4"), lint.RFC(6531, "3.3")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		if c.Verb <= transcripts.Unknown || c.Verb.Hello() || c.Verb == transcripts.AUTH || broken(c) || ascii(c.Text) {
			return
		}
		at := c.Args
		switch c.Verb {
		case transcripts.MAIL, transcripts.RCPT, transcripts.SAML, transcripts.SEND, transcripts.SOML, transcripts.VRFY, transcripts.EXPN:
			// The address itself is the matter of utf8-address-without-smtputf8.
			env := p.Envelope(i)
			if at = outside(p, i, env); at == "" {
				return
			}
		}
		refused(p, i, p.Report(p.Part(i, at), "%v was sent with octets above 127 in %s", c.Verb, quote(at))).
			Helpf("send ASCII only; UTF-8 is for mailboxes and the values of parameters, and only where SMTPUTF8 was offered and asked for")
	},
	Doc: `
Commands are ASCII. SMTPUTF8 opens mailboxes and the values of parameters to
UTF-8, and nothing else. Servers answer 500 to other octets, or pass them on to
programs that read them in another character set.

# What to do

Send ASCII; look for names and comments that were put into a command.

# When it stays silent

Where the recording does not keep octets as they were. On addresses and on the
argument of EHLO: these have rules of their own. On the values of parameters
where the transaction uses SMTPUTF8.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP café
		# want
		S: 500 5.5.2 Invalid character
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:Zoë <a@example.com>
		# want
		S: 501 5.5.4 Syntax: MAIL FROM:<address>
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250-DSN
		S: 250 SMTPUTF8
		C: MAIL FROM:<zoë@example.com> SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<józef@example.org> ORCPT=utf-8;józef@example.org
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# proves: Opening Closing Unbroken Order
		S: 220 mx.example.org ESMTP
		C: NOOP café
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// outside returns the first piece of MAIL, RCPT, VRFY or EXPN, the path apart,
// that is not ASCII and should be.
func outside(p *lint.Pass, i int, env *transcripts.Envelope) string {
	if !ascii(env.Path.Name) {
		return env.Path.Name
	}
	for param := range env.Params() {
		if !ascii(param.Keyword) {
			return param.Text
		}
		if !ascii(param.Value) && !international(p, i) {
			return param.Text
		}
	}
	return ""
}

// international reports whether exchange i belongs to a transaction that may be
// one with SMTPUTF8. It looks no further back than there may be recipients in
// practice.
func international(p *lint.Pass, i int) bool {
	const most = 1000
	for j := i; j >= max(0, i-most); j-- {
		c := &p.Exchanges[j].Command
		if c.Verb == transcripts.MAIL || j == i && c.Verb != transcripts.RCPT {
			_, ok := c.Param("SMTPUTF8")
			return ok
		}
	}
	return true
}
