package grammar

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var argumentMissing = &lint.Rule{
	ID:       "argument-missing",
	Title:    "A command lacked its argument",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1"), lint.RFC(3030, "2"), lint.RFC(1985, "5"), lint.RFC(4954, "4")},
	On: []transcripts.Verb{transcripts.AUTH, transcripts.BDAT, transcripts.ETRN, transcripts.EXPN, transcripts.MAIL, transcripts.RCPT,
		transcripts.SAML, transcripts.SEND, transcripts.SOML, transcripts.VRFY},
	Odd: lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code.OK() || broken(&e.Command) {
			return // the server was given one: the recorder left it out
		}
		v := e.Command.Verb
		switch v {
		case transcripts.AUTH:
			if code := e.Reply.Code; e.Command.Args != "" || code < 500 || code > 504 {
				return // another reply is to a mechanism that the recorder left out
			}
		case transcripts.BDAT:
			if e.Body == nil {
				chunk(p, i)
			}
			return
		case transcripts.MAIL, transcripts.RCPT, transcripts.SAML, transcripts.SEND, transcripts.SOML:
			if p.Envelope(i).Path.Text != "" || !e.Reply.Recorded() || pathsLost(p, i) {
				return
			}
		default:
			if e.Command.Args != "" {
				return
			}
		}
		form := map[transcripts.Verb]string{
			transcripts.AUTH: "AUTH PLAIN", transcripts.ETRN: "ETRN example.com", transcripts.EXPN: "EXPN list", transcripts.RCPT: "RCPT TO:<b@example.org>",
			transcripts.VRFY: "VRFY b@example.org",
		}[v]
		if form == "" {
			form = v.String() + " FROM:<a@example.com>, or <> where there is no sender"
		}
		refused(p, i, p.Report(p.Command(i), "%v was sent without its argument", v)).Helpf("write %s", form)
	},
	Doc: `
MAIL and RCPT name a path, VRFY and EXPN what to look up, ETRN the queue to
start, AUTH a mechanism, and BDAT the number of octets that follow. Without it
the command cannot be obeyed. An empty variable in a program or a template is
the usual cause.

# What to do

Give the argument. Where there is no sender, as in bounces, the path is "<>".

# When it stays silent

Where the server accepted the command, or MAIL or RCPT before it without a path:
it saw an argument, and the recorder left it out. Where replies are not on
record.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: VRFY
		# want
		S: 501 5.5.4 Syntax: VRFY address
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:
		# want
		S: 501 5.5.4 Syntax: MAIL FROM:<address>
		`),
		lint.Bad(`
		# excerpt
		C: BDAT LAST
		# want
		S: 501 5.5.4 Syntax: BDAT count [LAST]
		`),
		lint.Bad(`
		# excerpt
		C: BDAT 12 FINAL
		# want
		S: 501 5.5.4 Syntax: BDAT count [LAST]
		`),
		lint.Bad(`
		# excerpt
		C: AUTH
		# want
		S: 501 5.5.4 Syntax: AUTH mechanism
		`),
		lint.Good(`
		# The recorder leaves out what follows AUTH.
		# excerpt
		C: AUTH
		S: 535 5.7.8 No
		C: AUTH
		S: 334
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		`),
		lint.Good(`
		# excerpt
		# a web page has taken the paths for tags
		C: MAIL FROM:
		S: 250 2.1.0 Ok
		C: RCPT TO:
		S: 550 5.1.1 User unknown
		`),
		lint.Good(`
		# excerpt
		# the recorder hides addresses
		C: MAIL FROM:
		S: 250 2.1.0 Ok
		C: RCPT
		S: 250 2.1.5 Ok
		C: VRFY ****
		S: 550 5.1.1 No such user
		`),
		lint.Good(`
		# A web page does not show what is in angle brackets.
		# excerpt
		C: MAIL FROM: SIZE=1000
		S: 250 2.1.0 Ok
		C: RCPT TO:
		S: 550 5.1.1 No such user
		`),
	},
}

// pathsLost reports whether a MAIL or RCPT before exchange i was accepted although
// it has no path in the recording, which then has none in others either: pages
// that take "<a@example.com>" for a tag do that.
func pathsLost(p *lint.Pass, i int) bool {
	for j := i - 1; j >= max(0, i-lint.LookBack); j-- {
		e := &p.Exchanges[j]
		if e.Kind == transcripts.Ordered && slices.Contains(envelopes, e.Command.Verb) && e.Reply.Code.OK() && p.Envelope(j).Path.Text == "" {
			return true
		}
	}
	return false
}

// chunk says what is wrong with the argument of BDAT.
func chunk(p *lint.Pass, i int) {
	args := p.Exchanges[i].Command.Args
	var d *lint.Diagnostic
	if strings.IndexAny(args, "0123456789") != 0 {
		d = p.Report(p.Part(i, args), "BDAT was sent without the number of octets")
	} else {
		d = p.Report(p.Part(i, args), "%s is not what BDAT takes: a number of octets, and LAST with the last chunk", quote(args))
	}
	refused(p, i, d).Helpf("write BDAT 1000, and BDAT 1000 LAST for the last chunk")
}
