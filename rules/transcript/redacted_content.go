package transcript

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var redactedContent = &lint.Rule{
	ID:       "redacted-content",
	Title:    "Something was hidden in the recording",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Adrift:   true,
	In:       []transcripts.Kind{transcripts.Ordered, transcripts.Answered},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		what, part := hidden(e)
		if part == "" {
			return
		}
		p.Report(p.Part(i, part), "%s hidden in the recording; rules that would look at it say nothing", what).
			Helpf("nothing needs to be done: hiding secrets is good practice")
	},
	Doc: `
A password, a token or an address was replaced by a placeholder. What stands
there is not what was sent, and is not judged.

# What to do

Nothing: a recording should not hold secrets.

# When it stays silent

On what was sent as it stands. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN ****
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: [credentials hidden]
		# want
		S: 334 UGFzc3dvcmQ6
		C: *
		S: 501 5.7.0 Cancelled
		C: MAIL FROM:<***@example.com>
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: AUTH EXTERNAL =
		S: 235 2.7.0 Welcome
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
	},
}

// hidden returns the placeholder in a client's line, and words for what it
// stands for.
func hidden(e *transcripts.Exchange) (what, part string) {
	switch text := strings.TrimSpace(e.Command.Text); {
	case e.Kind == transcripts.Answered:
		if text != "" && text != "=" && text != "*" && transcripts.Redacted(text) {
			return "an answer in the AUTH exchange is", text
		}
	case e.Command.Verb == transcripts.AUTH:
		_, token, _ := strings.Cut(e.Command.Args, " ")
		if token = strings.TrimSpace(token); token != "" && token != "=" && transcripts.Redacted(token) {
			return "the initial response of AUTH is", token
		}
	case e.Command.Verb == transcripts.MAIL, e.Command.Verb == transcripts.RCPT:
		if m := e.Command.Path().Mailbox; m.Hidden() {
			return "an address is", m.Text
		}
	}
	return "", ""
}
