package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var greetingWithoutDomain = &lint.Rule{
	ID:       "greeting-without-domain",
	Title:    "The greeting does not begin with the server's name",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "4.3.1"), lint.RFC(5321, "4.1.1.1")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.HELO},
	In:       []transcripts.Kind{transcripts.Connected},
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    func(e *transcripts.Exchange) bool { return !isName(hostWord(&e.Reply)) },
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		what := "the greeting"
		if e.Kind == transcripts.Ordered {
			if e.Before.Hello != transcripts.NoVerb || e.Before.Secure == transcripts.Yes {
				return // the first one has said it
			}
			what = "the reply to " + e.Command.Verb.String()
		}
		word := hostWord(&e.Reply)
		switch {
		case word == "", isName(word), p.SpeaksLMTP(), e.Kind == transcripts.Connected && e.Reply.Code != 220:
		case len(e.Reply.Lines) > 1 && codes.FindExtension(word) != nil: // keyword-on-first-ehlo-line
		default:
			p.Report(p.ReplyLine(i, 0), "%s begins with %q, which is not the server's host name", what, word).
				Helpf("put the host's name, or its address in brackets, behind the code")
		}
	},
	Doc: `
The first word behind 220, and in the reply to EHLO or HELO, is the name of the
server. People and programs look there for whom they are talking to, and clients
find loops by it.

# What to do

Begin both with the host's full name, or with its address in brackets.

# When it stays silent

On banners masked with asterisks, on LMTP, and on texts that are missing
altogether. A single label such as "localhost" is taken for a name.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 Welcome!
		# want
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-Hello client.example.com
		# want
		S: 250 SIZE 1000000
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 [192.0.2.1] ESMTP
		C: EHLO client.example.com
		S: 250 mail_1.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 LMTP here!
		C: LHLO client.example.com
		S: 250-Hello
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// isName reports whether a word may be the name of a host.
func isName(word string) bool {
	switch strings.ToLower(word) {
	case "esmtp", "smtp", "hello", "hi", "welcome", "ok", "ready", "service", "server", "greetings", "pleased", "nice":
		return false
	}
	h := transcripts.ParseHost(word)
	return h.Flaw.None() || h.Flaw.Kind == transcripts.Underscore || h.Hidden()
}

// hostWord returns the first word of a reply, where the name of the host belongs.
func hostWord(r *transcripts.Reply) string {
	word, _, _ := strings.Cut(strings.TrimSpace(r.Lines[0].Text), " ")
	return word
}
