package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var serverLineEnding = &lint.Rule{
	ID:       "server-line-ending",
	Title:    "The server ended lines in something else than CRLF",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.8")},
	Adrift:   true,
	Session: func(p *lint.Pass) {
		var first *lint.Diagnostic
		n := 0
		for i := range p.Exchanges {
			r := &p.Exchanges[i].Reply
			for k := range r.Lines {
				what := wrongEnd(&r.Lines[k])
				if what == "" {
					continue
				}
				if n++; n == 1 {
					first = p.Report(p.ReplyLine(i, k), "the server ended a line in %s", what).
						Helpf("end every line with CRLF")
				}
			}
		}
		if n > 1 {
			first.Labelf("the first of %d such lines", n)
		}
	},
	Doc: `
Replies end in CRLF. Many clients wait for it: they never see the end of a line
that ends in LF alone, or see a CR in the text.

# What to do

Write CRLF behind every line of a reply, also behind those that come from a
configuration file or from another program.

# When it stays silent

In recordings that do not show how reply lines ended. It is said once for a
session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: NOOP
		S= "250 2.0.0 Ok\n"
		# want
		C: QUIT
		S= "221 2.0.0 Bye\n"
		`),
		lint.Bad(`
		# excerpt
		C: NOOP
		S= "250 2.0.0 Ok\r\r\n"
		# want
		`),
		lint.Good(`
		# excerpt
		C: NOOP
		S= "250 2.0.0 Ok\r\n"
		`),
		lint.Good(`
		# The recorder does not show line ends.
		# excerpt
		C: NOOP
		S: 250 2.0.0 Ok
		`),
	},
}

// wrongEnd names what ends a line, or stands before its end, in place of CRLF.
func wrongEnd(l *transcripts.ReplyLine) string {
	switch {
	case l.EOL == transcripts.LF:
		return "LF without CR"
	case l.EOL == transcripts.CR:
		return "CR without LF"
	case l.EOL == transcripts.CRLF && strings.HasSuffix(l.Text, "\r"):
		return "CR CR LF"
	}
	return ""
}
