package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var emptyInitialResponse = &lint.Rule{
	ID:       "empty-initial-response",
	Title:    "An empty response was written in the wrong way",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(4954, "4.1")},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		const help = "write an empty initial response as \"=\" behind the mechanism, an empty later one as an empty line"
		if e.Kind == transcripts.Answered {
			if e.Command.Text == "=" {
				p.Report(p.Command(i), "an empty response was written as \"=\" on a line of its own").Helpf(help)
			}
			return
		}
		m := sasl.Find(sasl.Named(&e.Command))
		if m.ServerFirst || m.Name == "" || sasl.Initial(&e.Command) != "" || !strings.HasSuffix(e.Command.Text, " ") {
			return
		}
		if e.Command.EOL == transcripts.EOLUnknown && blankBehind(p, i) {
			return
		}
		d := p.Report(p.Command(i), "an empty initial response was written as a space behind %s", m.Name).Helpf(help)
		if e.Command.EOL == transcripts.EOLUnknown {
			d.Sure(lint.Likely) // the space may be the recorder's
		}
		if e.Reply.Code == 334 {
			d.AtMost(lint.Info) // the server has not taken it for a response
		}
	},
	Doc: `
Behind the mechanism an empty response is written "=", because nothing at all
means that there is none. On a line of its own it is an empty line, and "=" is
no base64.

# What to do

Write "AUTH EXTERNAL =", and an empty line after 334.

# When it stays silent

On mechanisms in which the server speaks first, and where the recorder puts a
space behind other commands too. Where the server took a space at
the end of the line for no response and sent 334, nothing happened, and it is an
info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH EXTERNAL
		S: 334
		C: =
		# want
		S: 501 5.5.2 Cannot decode
		`),
		lint.Bad(`
		# excerpt
		C= "AUTH EXTERNAL \r\n"
		# want
		S: 501 5.5.2 Cannot decode
		`),
		lint.Bad(`
		# excerpt
		C~ "AUTH PLAIN "
		# want likely
		S: 334
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH EXTERNAL =
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH EXTERNAL
		S: 334
		C:
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# The recorder puts a space behind every line.
		# excerpt
		C~ "EHLO client.example.com "
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C~ "AUTH PLAIN "
		S: 501 5.5.2 Cannot decode
		`),
		lint.Good(`
		# excerpt
		C~ "AUTH LOGIN "
		S: 334 VXNlcm5hbWU6
		`),
	},
}

// blankBehind reports whether one of the first commands before exchange i ends
// in a space.
func blankBehind(p *lint.Pass, i int) bool {
	for j := range p.Exchanges[:min(i, 4)] {
		if strings.HasSuffix(p.Exchanges[j].Command.Text, " ") {
			return true
		}
	}
	return false
}
