package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodeWhereNoneBelongs = &lint.Rule{
	ID:       "enhanced-code-where-none-belongs",
	Title:    "A reply that has no enhanced status code was given one",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(2034, "4"), lint.RFC(3463, "2")},
	On:       []transcripts.Verb{transcripts.DATA, transcripts.EHLO, transcripts.HELO, transcripts.LHLO},
	In:       []transcripts.Kind{transcripts.Connected},
	Got:      []transcripts.Class{transcripts.Success, transcripts.Intermediate},
	Hears: func(e *transcripts.Exchange) bool {
		l := first(&e.Reply)
		return l != nil && looksCoded(l.Text)
	},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		l := first(&e.Reply)
		if l == nil || !greets(e) && l.Code.Class() != transcripts.Intermediate {
			return
		}
		token, _, _ := strings.Cut(l.Text, " ")
		if !strings.HasPrefix(token, "3.") {
			if _, _, ok := codes.ParseStatusCode(l.Text); !ok {
				return
			}
		} else if strings.Count(token, ".") != 2 || strings.Trim(token, "0123456789.") != "" {
			return
		}
		if greets(e) && token[0] != '2' || again(p, i, func(j int) bool {
			return p.Exchanges[j].Reply.Code == l.Code && first(&p.Exchanges[j].Reply) != nil && looksCoded(p.Exchanges[j].Reply.Lines[0].Text)
		}) {
			return // a version number
		}
		why := "there is no class for 3yz"
		if greets(e) {
			why = "its text begins with the name of the host"
		}
		p.Report(at(p, i, 0, token), "reply %03d to %s carried %s, but %s", l.Code, answered(e), token, why).
			Helpf("leave the code out")
	},
	Doc: `
Enhanced status codes go with 2yz, 4yz and 5yz. There is no class for 3yz, and
the greeting and the replies to EHLO and HELO begin with the host's name. A
client may take the code for that name.

# What to do

Leave the code out there.

# When it stays silent

Where the text merely begins with a number that has periods in it, such as a
version: it must have three parts, and for a greeting the class must be 2. On
refusals, where nothing is lost. Each code is shown once for a session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 2.0.0 Go ahead
		# want
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		C: DATA
		S: 354 3.0.0 Go ahead
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		S: 220 2.0.0 mx.example.org ESMTP
		# want
		C: EHLO client.example.com
		S: 250-2.0.0 mx.example.org
		# want
		S: 250 SIZE
		`),
		lint.Good(`
		S: 220 5.4.3 of mx.example.org is ready
		C: EHLO client.example.com
		S: 501 5.5.4 Say who you are
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 2.6 kB at most
		C: Subject: hi
		C:
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}
