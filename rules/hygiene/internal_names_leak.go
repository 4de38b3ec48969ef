package hygiene

import (
	"net/netip"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/private"
	"github.com/smtplint/smtplint/transcripts"
)

var internalNamesLeak = &lint.Rule{
	ID:       "internal-names-leak",
	Title:    "A name or address of a private network was sent to the other side",
	Area:     lint.Hygiene,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.5"), lint.RFC(1918, "3")},
	Session: func(p *lint.Pass) {
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind == transcripts.Ordered && e.Command.Verb.Hello() && p.Port != 587 && p.Port != 465 {
				if name := internal(e.Command.Args); name != "" && !said(p, i, name) {
					p.Report(p.Part(i, e.Command.Args), "%v told the name %s of a private network", e.Command.Verb, name).
						By(lint.ByClient).
						Helpf("configure the public name of the host")
				}
			}
			for k := range e.Reply.Lines {
				name := internal(e.Reply.Lines[k].Text)
				if name == "" || said(p, i, name) || strings.Contains(e.Command.Text, name) {
					continue
				}
				p.Report(p.ReplyLine(i, k), "a reply told the name %s of a private network", name).
					Helpf("configure the public name of the host")
			}
		}
	},
	Doc: `
The names and addresses of a private network mean nothing to others, and tell an
attacker what it looks like inside. Greetings, replies and EHLO should have the
name by which a host is known outside.

# What to do

Configure the public name of the host.

# When it stays silent

On what the server only repeats after the client. On the address in EHLO where a
user submits mail, from behind a router, on port 587 or 465. Each name is shown
once for a session. The rule is off unless asked for, or in the profile publish.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 exch01.corp.local ESMTP
		# want
		C: QUIT
		S: 221 2.0.0 exch01.corp.local closing
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO [192.168.1.7]
		# want
		S: 250 mx.example.org Hello [192.168.1.7]
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org at your service since 10.20
		`),
		lint.Good(`
		# port: 587
		S: 220 mx.example.org ESMTP
		C: EHLO [192.168.1.7]
		S: 250 mx.example.org Hello [192.168.1.7]
		`),
	},
}

// internal returns the first name or address of a private network in text.
func internal(text string) string {
	for s, a := range private.Addresses(text) {
		if inside(a) {
			return text[s.From:s.To]
		}
	}
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune(" \t<>()[]{},;:=\"'@", c) }) {
		low := strings.ToLower(strings.TrimSuffix(word, "."))
		for _, domain := range [...]string{".local", ".internal", ".lan", ".corp", ".intranet", ".home.arpa"} {
			if len(low) > len(domain) && strings.HasSuffix(low, domain) {
				return word
			}
		}
	}
	return ""
}

func inside(a netip.Addr) bool { return a.Unmap().IsPrivate() }

// said reports whether a name was reported for an exchange up to i already.
func said(p *lint.Pass, i int, name string) bool {
	if p.Found() == 0 {
		return false
	}
	for j := max(0, i-lint.LookBack); j < i; j++ {
		e := &p.Exchanges[j]
		if e.Kind == transcripts.Ordered && e.Command.Verb.Hello() && strings.Contains(e.Command.Args, name) || lint.Says(&e.Reply, strings.ToLower(name)) != "" {
			return true
		}
	}
	return false
}
