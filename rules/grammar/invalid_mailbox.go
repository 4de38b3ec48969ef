package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var invalidMailbox = &lint.Rule{
	ID:       "invalid-mailbox",
	Title:    "An address in MAIL or RCPT was not a valid mailbox",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.2"), lint.RFC(5321, "2.3.5")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		env, ok := addressed(p, i)
		m := &env.Path.Mailbox
		if !ok || m.Flaw.None() || env.Path.Route != "" || inLiteral(m.Flaw.Kind) || m.Hidden() {
			return
		}
		switch m.Flaw.Kind {
		case transcripts.NoDomain:
			return // unqualified-address
		case transcripts.BadUTF8:
			// Without SMTPUTF8 the octets have no business here at all, and a
			// recording that changes them proves nothing.
			if _, ok := p.Exchanges[i].Command.Param("SMTPUTF8"); !ok || !p.Proves.Has(transcripts.Octets) {
				return
			}
		}
		if !p.Proves.Has(transcripts.Octets) && strings.Trim(m.Flaw.At, ".?") == "" && m.Flaw.At != "" {
			return // the recorder may have put it in the place of an octet that it cannot show
		}
		at := m.Flaw.At
		if at == "" {
			at = m.Text
		}
		d := refused(p, i, p.Report(p.Part(i, at), "%s is not a valid mailbox: %v", quote(m.Text), m.Flaw.Kind)).
			Labelf("%v", m.Flaw.Kind)
		switch m.Flaw.Kind {
		case transcripts.EmptyQuote:
			d.AtMost(lint.Info).Helpf("give the local part a name; the grammar of RFC 5321 allows none by mistake (erratum 5414)")
		case transcripts.Underscore:
			d.AtMost(lint.Warning).Helpf("check the domain; only letters, digits and hyphens are allowed in the names of hosts")
		case transcripts.LeadingDot, transcripts.TrailingDot, transcripts.DoubleDot, transcripts.Unquoted:
			if quoted := quotedForm(m); quoted != "" {
				d.Helpf("if the mailbox really has this name, write <%s>", quoted)
				return
			}
			fallthrough
		default:
			d.Helpf("check addresses before they are sent; this one has a typing error or was put together wrongly")
		}
	},
	Doc: `
A mailbox is a local part, "@", and a domain or an address literal. The local
part is a row of words with single periods between them, or a quoted string; the
domain is a row of labels made of letters, digits and hyphens. A server that
takes more than that passes on an address that the next one refuses.

# What to do

Check addresses when they are entered. A local part that needs other characters
must be quoted: <"b..c"@example.org>.

# When it stays silent

On the null path, on UTF-8 (whether it is allowed is another rule's matter), on
addresses that the recorder has made unreadable, and behind a source route. On
periods and question marks, where the recording does not keep octets: they may
stand for what could not be printed. An address without a domain is unqualified-address. Domains with underscores occur
in practice, so they are a warning. The empty local part, "", is an info: the
letter of RFC 5321 allows it, its erratum 5414 does not.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b..c@example.org>
		# want
		S: 501 5.1.3 Bad recipient address syntax
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b c@example.org>
		# want
		S: 501 5.1.3 Bad recipient address syntax
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@c@example.org>
		# want
		S: 501 5.1.3 Bad recipient address syntax
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<""@example.org>
		# want
		S: 501 5.1.3 Bad recipient address syntax
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org.>
		# want
		S: 250 2.1.5 Ok
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@my_shop.example>
		# want
		S: 250 2.1.5 Ok
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<@example.org>
		# want
		S: 501 5.1.3 Bad recipient address syntax
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<Postmaster>
		S: 250 2.1.5 Ok
		C: RCPT TO:<"b..c d"@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<b+c=d/e@[192.0.2.1]>
		S: 250 2.1.5 Ok
		C: RCPT TO:<***@***>
		S: 250 2.1.5 Ok
		C: RCPT TO:<b...@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# proves: Order
		# excerpt
		C: MAIL FROM:<jos..@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@ex??mple.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250 SMTPUTF8
		C: MAIL FROM:<józef@przykład.example> SMTPUTF8
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// quotedForm returns the mailbox with its local part in quotes, or "" where
// that is not valid either.
func quotedForm(m *transcripts.Mailbox) string {
	text := `"` + m.Local + `"@` + m.Host.Text
	if quoted := transcripts.ParseMailbox(text); !quoted.Flaw.None() {
		return ""
	}
	return text
}
