package hygiene

import (
	"strconv"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var commandInjectionInArgument = &lint.Rule{
	ID:       "command-injection-in-argument",
	Title:    "A second command was hidden in the argument of a command",
	Area:     lint.Hygiene,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.2"), lint.RFC(5321, "2.3.8")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Command.Verb <= transcripts.Unknown {
			return
		}
		part := lint.Injected(&e.Command)
		if part == "" {
			return
		}
		d := p.Report(p.Part(i, part), "the argument of %v had the end of a line in it, and %s behind that", e.Command.Verb, quote(part)).
			Helpf("refuse CR, LF and NUL in addresses and names before a command is made of them")
		if !p.Proves.Has(transcripts.Octets) || part[0] == '\\' || part[0] == '%' {
			d.Sure(lint.Likely)
		}
		refused(p, i, d)
	},
	Doc: `
An address or a name that somebody has typed in went into a command unchecked,
with the end of a line and a second command in it. A server that sees two
commands obeys both: mail goes to others, or with another sender.

# What to do

Refuse control characters in addresses, names and subjects, also encoded ones,
before they become part of a command or of a header.

# When it stays silent

On backslashes and percent signs that no command and no header field follows,
and on what the recorder itself writes in place of a line's end.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>\r\nRCPT TO:<c@example.org>
		# want likely
		S: 501 5.1.3 Bad recipient
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org%0d%0aBcc:c@example.org>
		# want likely
		S: 501 5.1.3 Bad recipient
		`),
		lint.Bad(`
		# excerpt
		C= "EHLO client.example.com\x00MAIL FROM:<a@example.com>\r\n"
		# want
		S: 501 5.5.4 Bad name
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<"a\"b"@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b%example.net@example.org>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# The recorder shows how lines end.
		# excerpt
		C= "MAIL FROM:<a@example.com>\r\n"
		S: 250 2.1.0 Ok
		`),
	},
}

// quote puts text in quotes, and shortens it where it is long.
func quote(text string) string {
	const most = 60
	if len(text) <= most {
		return strconv.Quote(text)
	}
	return strconv.Quote(text[:most]) + "..."
}
