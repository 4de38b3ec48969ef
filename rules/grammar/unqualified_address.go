package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var unqualifiedAddress = &lint.Rule{
	ID:       "unqualified-address",
	Title:    "An address in MAIL or RCPT had no full domain",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.5"), lint.RFC(5321, "4.1.1.3"), lint.RFC(6409, "4.2")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		env, ok := addressed(p, i)
		if !ok || p.LMTP || p.Exchanges[i].Before.Hello == transcripts.LHLO {
			return
		}
		m := &env.Path.Mailbox
		if m.Flaw.None() && strings.IndexByte(m.Host.Text, '.') >= 0 || m.Hidden() {
			return
		}
		switch {
		case m.Flaw.Kind == transcripts.NoDomain:
			if p.Exchanges[i].Command.Verb == transcripts.RCPT && strings.EqualFold(m.Text, "postmaster") {
				return
			}
			d := refused(p, i, p.Report(p.Part(i, m.Text), "the address %s had no domain", quote(m.Text)))
			if p.Port == 587 || p.Port == 465 {
				d.AtMost(lint.Info) // a submission server may add one
			}
			d.Helpf("give the full address, as in <%s@example.org>", m.Text)
		case m.Flaw.None() && m.Host.Labels() == 1 && p.Found() == 0 && !p.Local():
			d := refused(p, i, p.Report(p.Part(i, m.Host.Text), "the domain of %s had a single label: it means something within one network only", quote(m.Text)))
			if public(p) && !reserved(m.Host.Text) {
				d.AtMost(lint.Warning)
			} else {
				d.AtMost(lint.Info)
			}
			d.Helpf("give the full domain, as in %s.example.org", m.Host.Text)
		}
	},
	Doc: `
Other hosts do not know local abbreviations: a mailbox must be given with its
full domain. A server that adds one of its own to "bob" delivers to a Bob that
the sender did not mean, or sends the bounce to the wrong place.

# What to do

Complete addresses before they are sent. Programs that send reports from root or
www-data need a domain in their configuration.

# When it stays silent

On <Postmaster> in RCPT, which every server must know, and in LMTP. Submission
servers may complete addresses, so on their ports the finding is an info. A
domain of a single label, like localhost, is good within one network: it is a
warning where the conversation is known to be on port 25, else an info, and
reported once; where client and server are on the same machine it is fine.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<root>
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@mailhost>
		# want
		S: 501 5.1.3 Fully qualified address needed
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<postmaster@localhost>
		# want
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@[192.0.2.1]>
		S: 250 2.1.0 Ok
		C: RCPT TO:<postMaster>
		S: 250 2.1.5 Ok
		C: RCPT TO:<redacted>
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# connected to 127.0.0.1
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<root@localhost>
		S: 250 2.1.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 mx.example.org LMTP
		C: LHLO client.example.com
		S: 250-mx.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<bob>
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// reserved reports whether a label is a name for tests and for this very host
// (RFC 6761).
func reserved(label string) bool {
	switch strings.ToLower(label) {
	case "localhost", "test", "invalid", "example", "local":
		return true
	}
	return false
}
