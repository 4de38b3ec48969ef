package grammar

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var localPartTooLong = &lint.Rule{
	ID:       "local-part-too-long",
	Title:    "A local part was longer than 64 octets",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.1")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		const limit = 64
		env, ok := addressed(p, i)
		local := env.Path.Mailbox.Local
		if !ok || len(local) <= limit || len(env.Path.Text) > longestPath || env.Path.Mailbox.Hidden() {
			return
		}
		refused(p, i, p.Report(p.Part(i, local), "the local part %s had %d octets, the limit is %d", quote(local), len(local), limit)).
			Helpf("use a shorter address; servers need not take more than %d octets before the @", limit)
	},
	Doc: `
Servers need not take a local part of more than 64 octets. Programs that put the
recipient, a tag or a signature into the return path (VERP, SRS, BATV) do exceed
that, and lose mail at servers that keep to the letter.

# What to do

Put a short key into the address, and the rest into a table.

# When it stays silent

Up to 64 octets. Where the whole path is too long, path-or-domain-too-long says
so.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<bounces+12345678901234567890123456789012345678901234567890123456789@example.com>
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<bounces+12345678901234567890123456789012345678901234567890123456@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}
