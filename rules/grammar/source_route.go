package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var sourceRoute = &lint.Rule{
	ID:       "source-route",
	Title:    "A path had a source route",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "C"), lint.RFC(5321, "F.2")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		env, ok := addressed(p, i)
		if !ok {
			return
		}
		path := &env.Path
		switch {
		case path.Route != "":
			d := p.Report(p.Part(i, path.Route), "the path %s had a source route", quote(path.Text))
			if path.Mailbox.Flaw.None() {
				d.Helpf("write %s:<%s>", keyword(p.Exchanges[i].Command.Verb), path.Mailbox.Text)
			}
		case path.Mailbox.Flaw.None() && routed(path.Mailbox.Local) >= 0 && !path.Mailbox.Hidden():
			n := routed(path.Mailbox.Local)
			p.Report(p.Part(i, path.Mailbox.Local[n:]), "the local part %s looks like a route to another host", quote(path.Mailbox.Local)).
				Sure(lint.Hint).
				Helpf("give the address that the message is for; what a local part means is up to its host alone")
		}
	},
	Doc: `
A source route, as in <@relay.example:b@example.org>, names the hosts that a
message shall pass through. DNS took its place long ago: clients should not
write routes, and servers that do not relay for everybody refuse them or drop
them. The percent sign and the exclamation mark once served the same end.

# What to do

Send the plain address, and let DNS or the configuration find the next host.

# When it stays silent

On percent signs in ordinary local parts. Where a host name seems to stand
behind one, or before an exclamation mark, the finding is a hint.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<@relay.example.net,@gw.example.net:b@example.org>
		# want
		S: 250 2.1.5 Ok
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b%host.example.com@example.org>
		# want hint
		S: 554 5.7.1 Relay access denied
		`),
		lint.Bad(`
		# excerpt
		C: RCPT TO:<host.example.com!b@example.org>
		# want hint
		S: 554 5.7.1 Relay access denied
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<50%off@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<wow!@example.org>
		S: 250 2.1.5 Ok
		`),
	},
}

// routed returns where in a local part a host name seems to stand: behind the
// last percent sign, or before the first exclamation mark. It returns -1 where
// none does.
func routed(local string) int {
	if n := strings.LastIndexByte(local, '%'); n > 0 && hostName(local[n+1:]) {
		return n
	}
	if n := strings.IndexByte(local, '!'); n > 0 && n+1 < len(local) && hostName(local[:n]) {
		return 0
	}
	return -1
}

func hostName(text string) bool {
	h := transcripts.ParseHost(text)
	return h.Flaw.None() && h.Labels() > 1
}
