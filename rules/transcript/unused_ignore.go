package transcript

import "github.com/smtplint/smtplint/lint"

var unusedIgnore = &lint.Rule{
	ID:       "unused-ignore",
	Title:    "A comment ignores a rule that finds nothing there",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Warning,
	Default:  true,
	Directive: func(p *lint.Pass, d *lint.Directive) {
		for _, r := range d.Unused {
			p.Report(d.At, "%s suppresses nothing of %s", d.Verb, r.ID).Helpf("%s", unusedHelp[d.Verb])
		}
	},
	Doc: `
A comment in the recording asks to ignore a rule, and the rule has found nothing
that the comment is about. Either the fault was mended, and the comment would
hide the next one, or the comment stands in the wrong place: "ignore" is about
the line below it, "ignore-session" about the session that it stands in, and
"ignore-file" about the recording.

# What to do

Take the rule out of the comment. If the finding still shows, move the comment
right above the line that the finding points at.

# When it stays silent

Where the rule is off, or the recording lacks what it takes to judge it.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		# smtplint: ignore[helo-instead-of-ehlo] -- the client was mended since
		# want
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY bob
		# smtplint: ignore[vrfy-disabled-should-be-252] -- as the site wants it
		S: 502 5.5.1 Not here
		`),
	},
}

var unusedHelp = map[string]string{
	"ignore":         "take the rule out of the comment, or move the comment right above the line that the finding points at",
	"ignore-session": "take the rule out of the comment",
	"ignore-file":    "take the rule out of the comment",
}
