package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var helloNotFQDN = &lint.Rule{
	ID:       "hello-not-fqdn",
	Title:    "The name in EHLO or HELO was not fully qualified",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.5"), lint.RFC(5321, "4.1.1.1"), lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.HELO},
	Exchange: func(p *lint.Pass, i int) {
		h, _, ok := greeting(p, i)
		if !ok || p.LMTP || !h.Flaw.None() || !local(h) {
			return
		}
		if again(p, i) || p.Local() {
			return
		}
		d := refused(p, i, p.Report(p.Part(i, h.Text), "%v gave the name %s, which means nothing to other hosts", p.Exchanges[i].Command.Verb, quote(h.Text)))
		if !public(p) {
			d.AtMost(lint.Info)
		}
		d.Helpf("configure the client's full name; where it has none, its address in brackets is better, as in [192.0.2.1]")
	},
	Doc: `
A client gives its full name when it greets, or its address where it has no
name. "localhost", the name of a workstation and names under .local say nothing
to the other side, and many servers refuse or mistrust them.

# What to do

Configure the host's full name. Clients with a changing address send that, in
brackets.

# When it stays silent

In LMTP, where the same name was given before, and where client and server are
on the same machine or the server's name is one for tests. On port 25 it is a warning;
elsewhere, or where the port is not known, the conversation may well be local or
with a submission server, which does not mind: then it is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# port: 25
		S: 220 mx.example.org ESMTP
		C: EHLO localhost
		# want
		S: 502 5.5.1 Unknown command
		C: HELO localhost
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# excerpt
		C: EHLO printer.local
		# want
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: EHLO [192.0.2.1]
		S: 250 mx.example.org
		`),
		lint.Good(`
		# connected to localhost, port 25
		# port: 25
		S: 220 mx.example.org ESMTP
		C: EHLO localhost
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		# excerpt
		C: LHLO localhost
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		`),
	},
}

// local reports whether a name has no meaning outside one network.
func local(h transcripts.Host) bool {
	name := strings.ToLower(h.Text)
	return h.Labels() == 1 || strings.HasSuffix(name, ".local") || strings.HasSuffix(name, ".localdomain") ||
		strings.HasSuffix(name, ".localhost")
}

// again reports whether the greeting before exchange i gave the same name.
func again(p *lint.Pass, i int) bool {
	for j := i - 1; j >= 0; j-- {
		if e := &p.Exchanges[j]; e.Kind == transcripts.Ordered && e.Command.Verb.Hello() {
			return e.Command.Args == p.Exchanges[i].Command.Args
		}
	}
	return false
}
