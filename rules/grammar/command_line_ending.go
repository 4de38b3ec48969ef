package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var commandLineEnding = &lint.Rule{
	ID:       "command-line-ending",
	Title:    "Commands ended in something else than CRLF",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.8"), lint.RFC(5321, "4.1.1")},
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered},
	Session: func(p *lint.Pass) {
		var first *lint.Diagnostic
		n := 0
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			what := wrongEnd(&e.Command)
			if what == "" || e.Before.Adrift || transcripts.Redacted(e.Command.Text) || e.Kind != transcripts.Ordered && e.Kind != transcripts.Answered {
				continue
			}
			if n++; n > 1 {
				continue
			}
			name := "the line"
			if v := e.Command.Verb; e.Kind == transcripts.Ordered && v > transcripts.Unknown {
				name = v.String()
			}
			first = p.Report(p.Command(i), "%s %s", name, what).
				Helpf("end every command with CRLF, and send CR nowhere else")
		}
		if n > 1 {
			first.Labelf("the first of %d such lines", n)
		}
	},
	Doc: `
Commands end in CRLF. Servers that follow the specification do not see the end
of a line that ends in LF alone, and wait; those that are lenient here are often
lenient within messages too, where it lets messages be smuggled. More and more
servers refuse such lines.

# What to do

End every command with CRLF. Tools that connect a terminal to a port send LF
unless told otherwise: "nc -C", "openssl s_client -crlf", socat's "crnl".

# When it stays silent

In recordings that do not show how command lines ended, and for what a recorder
has put in the place of credentials. It is said once for a session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C= "NOOP\n"
		# want
		S: 500 5.5.2 Bare LF received
		`),
		lint.Bad(`
		# excerpt
		C= "NOOP\r\r\n"
		# want
		S: 250 2.0.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C= "HELO client.example.com\rMAIL FROM:<a@example.com>\r\n"
		# want
		S: 501 5.5.4 Bare CR received
		`),
		lint.Good(`
		# excerpt
		C= "NOOP\r\n"
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# The recorder does not show line ends.
		# excerpt
		C: NOOP
		S: 250 2.0.0 Ok
		`),
	},
}

// wrongEnd says how a command line ends where it does not end in CRLF, or that
// it has a CR within.
func wrongEnd(c *transcripts.Command) string {
	switch {
	case c.EOL == transcripts.LF:
		return "ended in LF without CR"
	case c.EOL == transcripts.CR:
		return "ended in CR without LF"
	case c.EOL == transcripts.EOLUnknown || strings.IndexByte(c.Text, '\r') < 0:
		return ""
	case strings.IndexByte(c.Text, '\r') == len(c.Text)-1:
		return "ended in CR CR LF"
	}
	return "had a CR within the line"
}
