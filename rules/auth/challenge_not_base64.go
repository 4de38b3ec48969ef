package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var challengeNotBase64 = &lint.Rule{
	ID:       "challenge-not-base64",
	Title:    "The challenge behind 334 was not base64",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "4"), lint.RFC(4954, "8")},
	On:       []transcripts.Verb{transcripts.AUTH},
	In:       []transcripts.Kind{transcripts.Answered},
	Got:      []transcripts.Class{transcripts.Intermediate},
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		if r.Code != 334 {
			return
		}
		const help = "send the challenge in base64 and nothing else, on one line; an empty one is \"334 \""
		if len(r.Lines) > 1 {
			p.Report(p.ReplyLine(i, 1), "the 334 had %d lines; a challenge has one", len(r.Lines)).Helpf(help)
			return
		}
		text := strings.TrimSpace(r.Lines[0].Text)
		if _, ok := sasl.Decode(text); ok || sasl.Replaced(text) {
			return
		}
		d := p.Report(p.ReplyLine(i, 0), "the challenge %q was not base64", text).Helpf(help)
		switch strings.ToLower(text) {
		case "ntlm supported", "gssapi supported":
			d.AtMost(lint.Info)
		}
	},
	Doc: `
The text behind 334 is the server's challenge in base64, or nothing. A prompt in
words makes clients that decode it give up.

# What to do

Server: encode the challenge. The prompts of LOGIN too: "Username:" is
VXNlcm5hbWU6.

# When it stays silent

On challenges that the recorder has hidden or cut off. "NTLM supported" and
"GSSAPI supported" are an old habit of Microsoft's servers that clients know,
and an info. 334 in reply to another command is another fault.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 please continue
		# want
		`),
		lint.Bad(`
		# excerpt
		C: AUTH NTLM
		S: 334 NTLM supported
		# want
		`),
		lint.Bad(`
		# excerpt
		C: AUTH LOGIN
		S: 334-VXNlcm5h
		S: 334 bWU6
		# want
		C: ****
		S: 535 5.7.8 No
		`),
		lint.Good(`
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 PDEyMzRAbXguZXhhbXBsZS5vcmc+
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN
		S: 334
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# The recorder has hidden one challenge and cut the other one off.
		# excerpt
		C: AUTH SCRAM-SHA-256 ****
		S: 334 ****
		C: ****
		S: 334 dj1CZ...
		C: ****
		S: 235 2.7.0 Welcome
		`),
	},
}
