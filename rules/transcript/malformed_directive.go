package transcript

import "github.com/smtplint/smtplint/lint"

var malformedDirective = &lint.Rule{
	ID:       "malformed-directive",
	Title:    "A comment for smtplint cannot be understood",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Error,
	Default:  true,
	Directive: func(p *lint.Pass, d *lint.Directive) {
		if d.Problem != "" {
			p.Report(d.At, "%s", d.Problem).
				Helpf("write ignore[RULE, ...] -- REASON, ignore-session[...], ignore-file[...] or expect[...]; or, above the first line, format=NAME port=N lmtp")
		}
	},
	Doc: `
A comment that begins with "# smtplint:" speaks to smtplint, and this one says
nothing that it knows: the directive or a rule in it is misspelt, the list of
rules is missing, or a hint stands below the first line of the conversation. It
has no effect.

# What to do

These are all there are:

	# smtplint: ignore[RULE, RULE] -- REASON
	# smtplint: ignore-session[RULE] -- REASON
	# smtplint: ignore-file[RULE] -- REASON
	# smtplint: expect[RULE]
	# smtplint: format=NAME port=N lmtp

# When it stays silent

In notations in which a comment cannot be told from what a party says: there
such lines are read as all others are.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# smtplint: ignore[helo-instead-of-elho] -- an old printer
		# want
		C: HELO client.example.com
		S: 250 mx.example.org
		# smtplint: ignore
		# want
		C: NOOP
		S: 250 Ok
		`),
		lint.Good(`
		# excerpt
		# smtplint: ignore[helo-instead-of-ehlo] -- an old printer
		C: HELO client.example.com
		S: 250 mx.example.org
		`),
	},
}
