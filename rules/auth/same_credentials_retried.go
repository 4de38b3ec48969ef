package auth

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var sameCredentialsRetried = &lint.Rule{
	ID:       "same-credentials-retried",
	Title:    "Credentials that had been refused were sent again",
	Area:     lint.Auth,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Sees:     transcripts.Secrets,
	Refs:     []lint.Ref{lint.RFC(4954, "6")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Session: func(p *lint.Pass) {
		const help = "after 535 ask the user for other credentials; only after 454 try the same ones again"
		refused := map[string]int{} // by mechanism and responses
		hidden := map[string]int{}  // attempts by mechanism
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.STARTTLS && e.Reply.Code == 220 {
				clear(refused)
			}
			if !begins(e) {
				continue
			}
			a := sasl.AttemptAt(p.Session, i)
			if a.Final(p.Session).Code != 535 {
				continue
			}
			key, shown := credentials(p, a)
			before, again := refused[key]
			switch {
			case !shown:
				if hidden[a.Mechanism]++; hidden[a.Mechanism] == 3 {
					p.Report(p.Command(i), "AUTH %s failed for the third time in this session", a.Mechanism).Sure(lint.Hint).Helpf(help)
				}
			case again:
				p.Report(p.Command(i), "the same credentials were sent again after they had been refused at %s", lint.Line(p.Reply(before).Span)).
					Note(p.Reply(before), "refused here").Helpf(help)
			default:
				refused[key] = a.To
			}
		}
	},
	Doc: `
535 says that user name and password do not fit. The same ones will not fit a
second time; many servers count failures and lock the account or the address.

# What to do

Ask the user after 535. After 454 the credentials may be right: try again later
without asking.

# When it stays silent

After 454, with another mechanism, with another user name or password, and
inside TLS after a refusal outside. In mechanisms that answer a challenge no two
responses are the same. Where the recorder has hidden the credentials only a
third failure is mentioned, as a hint.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN
		# want
		S: 334
		C: dGVzdAB0ZXN0ADEyMzQ=
		S: 535 5.7.8 Invalid
		`),
		lint.Bad(`
		# excerpt
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN ****
		# want hint
		S: 535 5.7.8 Invalid
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
		S: 535 5.7.8 Invalid
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
		S: 454 4.7.0 Try again later
		C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
		S: 454 4.7.0 Try again later
		`),
		lint.Good(`
		# Another name to act as, then another mechanism.
		# excerpt
		C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN AHRlc3QAMTIzNA==
		S: 535 5.7.8 Invalid
		C: AUTH LOGIN
		S: 334 VXNlcm5hbWU6
		C: dGVzdA==
		S: 334 UGFzc3dvcmQ6
		C: MTIzNA==
		S: 535 5.7.8 Invalid
		`),
		lint.Good(`
		# excerpt
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		`),
	},
}

// credentials returns what tells the credentials of an attempt from others, and
// whether all of them are shown. They are compared, never printed.
func credentials(p *lint.Pass, a sasl.Attempt) (key string, shown bool) {
	var b strings.Builder
	b.WriteString(a.Mechanism)
	shown = false
	for i := a.From; i <= a.To; i++ {
		e := &p.Exchanges[i]
		secret := e.Secret()
		if secret == "" && (e.Kind == transcripts.Answered && e.Command.Text != "" || sasl.Initial(&e.Command) != "") {
			return "", false
		}
		if secret != "" {
			b.WriteString(" " + secret)
			shown = true
		}
	}
	return b.String(), shown
}
