package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var authCommandTooLong = &lint.Rule{
	ID:       "auth-command-too-long",
	Title:    "A line of an AUTH exchange was longer than allowed",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Sees:     transcripts.Secrets,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(5321, "4.5.3.1.4")},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		octets, most := len(e.Command.Text)+len("\r\n"), maxCommand
		if e.Kind == transcripts.Answered {
			most = maxResponse
		}
		if octets <= most || e.Secret() == "" {
			return
		}
		if e.Kind == transcripts.Answered {
			p.Report(p.Command(i), "the response had %d octets, with %d allowed", octets, most).
				Helpf("no mechanism needs such a response: check what was encoded")
			return
		}
		name, _, _ := strings.Cut(e.Command.Args, " ")
		p.Report(p.Command(i), "the AUTH line had %d octets, with %d allowed", octets, most).
			Helpf("send \"AUTH %s\" alone, wait for 334, and send the response on its own line", strings.ToUpper(name))
	},
	Doc: `
A command line has at most 512 octets, and AUTH is no exception. A response that
does not fit must not go into the AUTH line but follow the 334; there 12288
octets are allowed. Tokens of OAuth are often too long. Many servers take them
all the same; others answer 500.

# What to do

Send AUTH with the mechanism only, wait for the 334, then send the response.

# When it stays silent

Where the recorder has hidden the response: its length is not known then.
`,
	Examples: []lint.Example{
		lint.LongBad(func() string {
			return `
		# excerpt
		C: AUTH XOAUTH2 ` + strings.Repeat("dXNl", 130) + `
		# want
		S: 500 5.5.6 Line too long
		`
		}),
		lint.LongBad(func() string {
			return `
		# excerpt
		C: AUTH PLAIN
		S: 334
		C: ` + strings.Repeat("dXNl", 3072) + `
		# want
		S: 500 5.5.6 Line too long
		`
		}),
		lint.LongGood(func() string {
			return `
		# excerpt
		C: AUTH XOAUTH2
		S: 334
		C: ` + strings.Repeat("dXNl", 130) + `
		S: 235 2.7.0 Welcome
		`
		}),
		lint.LongGood(func() string {
			return `
		# The recorder keeps the length of what it hides, or does not.
		# excerpt
		C: AUTH XOAUTH2 ` + strings.Repeat("****", 130) + `
		S: 235 2.7.0 Welcome
		`
		}),
	},
}

// The longest lines with CRLF, in octets: of a command, and of a response to a 334
// (RFC 4954 §4).
const (
	maxCommand  = 512
	maxResponse = 12288
)
