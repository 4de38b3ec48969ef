package transcript

import "github.com/smtplint/smtplint/lint"

var unmetExpectation = &lint.Rule{
	ID:       "unmet-expectation",
	Title:    "A comment expects a finding that is not there",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Error,
	Default:  true,
	Directive: func(p *lint.Pass, d *lint.Directive) {
		for _, r := range d.Unmet {
			p.Report(d.At, "%s was expected at the next line and is not found", r.ID).
				Helpf("expect stands right above the line that the finding points at; a rule that is off by default must be turned on in the configuration")
		}
	},
	Doc: `
A comment in the recording says that a rule must fire at the next line of the
conversation, and it does not. A recording with such comments is a test of the
programs that made it: one that keeps a known fault, or one that was provoked.

# What to do

If the fault was mended, take the comment out. If the recording was made again,
put the comment right above the line that the finding points at. A rule that is
off by default is on only if the configuration says so.

# When it stays silent

Where the configuration or the command line has turned the rule off.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		# smtplint: expect[vrfy-disabled-should-be-252]
		# want
		C: VRFY bob
		S: 252 2.1.5 Cannot VRFY user
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY bob
		# smtplint: expect[vrfy-disabled-should-be-252]
		S: 502 5.5.1 Not here
		`),
	},
}
