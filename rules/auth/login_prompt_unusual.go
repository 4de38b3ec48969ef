package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var loginPromptUnusual = &lint.Rule{
	ID:       "login-prompt-unusual",
	Title:    "A prompt of AUTH LOGIN has unusual words",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{{Title: "draft-murchison-sasl-login-00", Section: "2.2"}},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Got:      []transcripts.Class{transcripts.Intermediate},
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		if name, _ := sasl.At(p.Session, i); r.Code != 334 || name != "LOGIN" {
			return
		}
		prompt, ok := sasl.Decode(strings.TrimSpace(r.Lines[0].Text))
		if !ok || prompt == "" {
			return
		}
		switch strings.ToLower(strings.TrimRight(prompt, ": \x00")) {
		case "username", "user name", "password":
			return
		}
		p.Report(p.ReplyLine(i, 0), "the prompt was %q in place of \"Username:\" or \"Password:\"", prompt).
			Helpf("send \"Username:\" (VXNlcm5hbWU6) and \"Password:\" (UGFzc3dvcmQ6)")
	},
	Doc: `
AUTH LOGIN has no specification. Servers ask "Username:" and "Password:", and
there are clients that wait for just these words.

# What to do

Server: use the customary prompts. Client: do not look at them; the user name is
asked for first.

# When it stays silent

The rule is off unless it is asked for. It takes "User Name" and "Password",
with or without a NUL at the end, for customary, in any case.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334 TG9naW4/
		# want
		`),
		lint.Good(`
		# excerpt
		C: AUTH LOGIN
		S: 334 VXNlciBOYW1lAA==
		C: ****
		S: 334 cGFzc3dvcmQ6
		`),
	},
}
