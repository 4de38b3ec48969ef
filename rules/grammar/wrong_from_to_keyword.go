package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var wrongFromToKeyword = &lint.Rule{
	ID:       "wrong-from-to-keyword",
	Title:    "MAIL was not followed by FROM:<path>, or RCPT by TO:<path>",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.2"), lint.RFC(5321, "4.1.1.3")},
	On:       envelopes,
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		c := &p.Exchanges[i].Command
		if broken(c) || c.Args == "" {
			return
		}
		env := p.Envelope(i)
		path := &env.Path
		want := keyword(c.Verb)
		if strings.Contains(env.Colon, ":") && path.Name == "" && strings.EqualFold(env.Keyword, want) ||
			path.Text == "" && env.Keyword != "" || transcripts.Redacted(c.Args) {
			return // nothing is wrong here, or it is argument-missing
		}
		var d *lint.Diagnostic
		switch {
		case env.Keyword == "":
			d = p.Report(p.Part(i, c.Args), "%v was sent without %s: before the address", c.Verb, want)
		case !strings.EqualFold(env.Keyword, want):
			d = p.Report(p.Part(i, env.Keyword), "%v was sent with %s, but takes %s:", c.Verb, quote(env.Keyword), want)
		case !strings.Contains(env.Colon, ":"):
			d = p.Report(p.Part(i, env.Keyword), "%v was sent with %s, but without a colon behind it", c.Verb, quote(env.Keyword))
		case path.Name != "":
			name := strings.TrimRight(path.Name, " ")
			d = p.Report(p.Part(i, name), "%s was sent before the address of %v: the name of a person does not belong there", quote(name), c.Verb)
		default:
			return
		}
		refused(p, i, d)
		if m := &path.Mailbox; path.Null() || m.Flaw.None() && m.Text != "" {
			d.Helpf("write %v %s:<%s>", c.Verb, want, m.Text)
		} else {
			d.Helpf("write %v %s:<address>", c.Verb, want)
		}
	},
	Doc: `
MAIL takes FROM: and RCPT takes TO:, each directly followed by the path. The
keyword, the colon and the brackets are all part of the command. The name of a
person belongs into the From and To fields of the message, not here.

# What to do

Write MAIL FROM:<a@example.com> and RCPT TO:<b@example.org>.

# When it stays silent

On the case of letters, which does not matter. A space beside the colon and
missing brackets have rules of their own.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL TO:<a@example.com>
		# want
		S: 501 5.5.4 Syntax: MAIL FROM:<address>
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM <a@example.com>
		# want
		S: 501 5.5.4 Syntax: MAIL FROM:<address>
		`),
		lint.Bad(`
		# excerpt
		C: MAIL <a@example.com>
		# want
		S: 501 5.5.4 Syntax: MAIL FROM:<address>
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:Ann <a@example.com>
		# want
		S: 501 5.5.4 Syntax: MAIL FROM:<address>
		`),
		lint.Good(`
		# excerpt
		C: mail from:<a@example.com> AUTH=<>
		S: 250 2.1.0 Ok
		C: Rcpt To:<b@example.org>
		S: 250 2.1.5 Ok
		`),
	},
}
