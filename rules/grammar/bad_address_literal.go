package grammar

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var badAddressLiteral = &lint.Rule{
	ID:       "bad-address-literal",
	Title:    "An address literal was malformed",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.3")},
	On: []transcripts.Verb{transcripts.EHLO, transcripts.HELO, transcripts.LHLO, transcripts.MAIL, transcripts.RCPT,
		transcripts.SAML, transcripts.SEND, transcripts.SOML},
	Odd: lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		var host transcripts.Host
		var ok bool
		if p.Exchanges[i].Command.Verb.Hello() {
			host, _, ok = greeting(p, i)
			ok = ok && host.Flaw.Kind != transcripts.BareAddress // hello-argument-invalid
		} else {
			env, formed := addressed(p, i)
			m := &env.Path.Mailbox
			if !formed || m.Flaw.None() || m.Flaw != m.Host.Flaw || m.Hidden() {
				return
			}
			host, ok = m.Host, true
		}
		if !ok || !inLiteral(host.Flaw.Kind) {
			return
		}
		refused(p, i, p.Report(p.Part(i, host.Text), "%s is not an address literal: %v", quote(host.Text), host.Flaw.Kind)).
			Labelf("%v", host.Flaw.Kind).
			AtMost(bare(host)).
			Helpf("write %s", literal(host))
	},
	Doc: `
Where a host has no name, its IP address may stand in place of one, in square
brackets: [192.0.2.1] or [IPv6:2001:db8::1]. Four numbers up to 255 are IPv4;
everything else needs a tag, and IPv6 is the only one there is.

# What to do

Put brackets around the address, and "IPv6:" before one of version 6. A name
needs no brackets.

# When it stays silent

On zones, as in [IPv6:fe80::1%eth0]: they are no part of the grammar, but
programs print them. An address without brackets in EHLO is
hello-argument-invalid; in a mailbox one of IPv4 is a warning, as by the letter
it is a domain made of numbers.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO [2001:db8::1]
		# want
		S: 501 5.5.2 Invalid domain
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@[192.0.2.300]>
		# want
		S: 501 5.1.7 Bad sender
		`),
		lint.Bad(`
		# excerpt
		C: EHLO [mail test]
		# want
		S: 250 mx.example.org
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@192.0.2.1>
		# want
		S: 501 5.1.7 Bad sender
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@#3221225985>
		# want
		S: 501 5.1.7 Bad sender
		`),
		lint.Good(`
		# excerpt
		C: EHLO [IPv6:2001:db8::1]
		S: 250 mx.example.org
		C: EHLO [IPv6:fe80::1%eth0]
		S: 250 mx.example.org
		C: MAIL FROM:<a@[192.0.2.1]>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@[IPv6:::ffff:192.0.2.1]>
		S: 250 2.1.5 Ok
		`),
	},
}

// inLiteral reports whether a flaw is one of an address literal, or of an
// address that should be one.
func inLiteral(k transcripts.FlawKind) bool {
	switch k {
	case transcripts.OpenLiteral, transcripts.BadIPv4, transcripts.BadIPv6, transcripts.UntaggedIPv6,
		transcripts.UnknownTag, transcripts.BadLiteral, transcripts.BareAddress, transcripts.HostNumber:
		return true
	}
	return false
}

// literal returns the literal of the address of h, or an example of one.
func literal(h transcripts.Host) string {
	switch {
	case h.Addr.Is4():
		return "[" + h.Addr.String() + "]"
	case h.Addr.Is6():
		return "[IPv6:" + h.Addr.String() + "]"
	}
	return "[192.0.2.1] or [IPv6:2001:db8::1], or the name of the host without brackets"
}

// bare returns how severe it is that an address lacks its brackets: one of IPv4
// still is a domain by the letter.
func bare(h transcripts.Host) lint.Severity {
	if h.Flaw.Kind == transcripts.BareAddress && h.Addr.Is4() {
		return lint.Warning
	}
	return lint.Error
}
