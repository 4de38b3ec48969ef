package tls

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var middleboxMasking = &lint.Rule{
	ID:       "middlebox-masking",
	Title:    "A device on the way has overwritten part of the session",
	Area:     lint.TLS,
	Side:     lint.ByNetwork,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(3207, "6"), lint.RFC(5321, "2.3.10")},
	Hears:    mayBeMasked,
	Session: func(p *lint.Pass) {
		var d *lint.Diagnostic
		say := func(at lint.Place, text string, sure lint.Confidence) {
			if d != nil {
				d.Note(at, "and this too")
				return
			}
			d = p.Report(at, "%q looks like the work of a firewall that rewrites SMTP; STARTTLS or another extension may be hidden", text).
				Sure(sure).
				Helpf("turn SMTP inspection off on the device in between (\"inspect esmtp\", \"fixup protocol smtp\")")
		}
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			switch {
			case e.Kind == transcripts.Connected && e.Reply.Recorded() && starred(e.Reply.Lines[0].Text):
				say(p.ReplyLine(i, 0), fmt.Sprintf("%03d %s", e.Reply.Code, strings.TrimSpace(e.Reply.Lines[0].Text)), lint.Likely)
			case e.Kind != transcripts.Ordered:
			case e.Command.Verb.Hello() && e.Reply.Code.OK():
				offers := e.Reply.Offers()
				for k := range offers.Len() {
					if keyword, _ := offers.Line(k); crossed(keyword) {
						say(p.ReplyLine(i, k+1), keyword, lint.Certain)
						break
					}
				}
			case e.Command.Verb == transcripts.Unknown && e.Reply.Code == 500 && crossed(e.Command.Text):
				say(p.Command(i), e.Command.Text, lint.Hint) // it may be a test of unknown commands
				return                                       // once is enough
			}
		}
	},
	Doc: `
Some firewalls let through only the SMTP of 1982. They overwrite keywords that
they do not know with a run of X, the greeting with asterisks, and commands with
X as well (a client may also send such a word to try the server, so that is a
hint only). STARTTLS, PIPELINING and long messages fail in ways that neither
client nor server can explain.

# What to do

Turn the inspection off on the device; TLS protects better.

# When it stays silent

On keywords that begin with X and have other letters in them, such as XCLIENT,
XFORWARD or X-EXPS, and on asterisks that the owner of the recording has put in
the place of secrets.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE 1000000
		S: 250 XXXXXXXA
		# want
		`),
		lint.Bad(`
		S: 220 **************************2******200**0*00
		# want likely
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XXXXXXXA
		`),
		lint.Bad(`
		# excerpt
		C: XXXX client.example.com
		# want hint
		S: 500 Command unrecognized
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-XCLIENT NAME ADDR
		S: 250-XEXCH50
		S: 250-X-EXPS GSSAPI NTLM
		S: 250-XXX
		S: 250 STARTTLS
		`),
		lint.Good(`
		# The owner of the recording has hidden names and secrets.
		S: 220 ****.example.org ESMTP
		C: EHLO ****
		S: 250-****.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		`),
	},
}

// mayBeMasked reports whether an exchange is worth a look: text that was crossed
// out stands in a greeting, in a reply to EHLO, or is a command that nobody knows.
func mayBeMasked(e *transcripts.Exchange) bool {
	switch {
	case e.Kind == transcripts.Connected:
		return starred(e.Reply.Lines[0].Text)
	case e.Command.Verb.Hello():
		offers := e.Reply.Offers()
		return masked(&offers) != ""
	}
	return e.Command.Verb == transcripts.Unknown && e.Reply.Code == 500
}

// crossed reports whether the first word of text is a run of at least four X,
// perhaps with a last capital letter.
func crossed(text string) bool {
	word, _, _ := strings.Cut(text, " ")
	rest := strings.TrimLeft(word, "X")
	return len(word)-len(rest) >= 4 && (rest == "" || len(rest) == 1 && 'A' <= rest[0] && rest[0] <= 'Z')
}

// starred reports whether a greeting consists of asterisks, with the 0, 2 and
// blanks that are let through.
func starred(text string) bool {
	return strings.Trim(text, "*02 ") == "" && strings.Count(text, "*") >= 8
}

// masked returns the first keyword that was overwritten, or "".
func masked(o *transcripts.Offers) string {
	for k := range o.Len() {
		if keyword, _ := o.Line(k); crossed(keyword) {
			return keyword
		}
	}
	return ""
}
