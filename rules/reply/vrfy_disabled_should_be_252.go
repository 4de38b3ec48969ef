package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var vrfyDisabledShouldBe252 = &lint.Rule{
	ID:       "vrfy-disabled-should-be-252",
	Title:    "VRFY is switched off and was not answered 252",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "7.3"), lint.RFC(5321, "3.5.3"), lint.RFC(5321, "4.5.1")},
	On:       []transcripts.Verb{transcripts.VRFY},
	Got:      []transcripts.Class{transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Command.Args == "" || e.Before.Hello == transcripts.NoVerb && p.Proves.Has(transcripts.Opening) || offersButDenies(e) {
			return
		}
		off := switchedOff(&e.Reply)
		switch e.Reply.Code {
		case 500, 502:
			if lint.Says(&e.Reply, "too long", "argument", "parameter", "address") != "" {
				return
			}
		case 503, 550, 554:
			if !off {
				return
			}
		default:
			return
		}
		if off {
			p.Report(p.Reply(i), "VRFY is switched off and was answered %03d; 252 keeps clients from taking that for a verdict on the address", e.Reply.Code).
				Helpf("answer 252 to VRFY where it is switched off for privacy")
			return
		}
		p.Report(p.Reply(i), "VRFY is one of the commands that every server has, but was answered %03d", e.Reply.Code).
			Helpf("answer 252 to VRFY where addresses are not looked up")
	},
	Doc: `
Many servers do not tell who their users are. RFC 5321 wants them to answer 252
then: cannot verify, but will accept mail. A 5yz may be taken for "no such user".
Postfix answers 502 when VRFY is switched off, and hardly a client suffers, so
this is never more than an info.

# What to do

Answer 252.

# When it stays silent

Where VRFY is refused because EHLO, TLS or a login is missing (503, 530), on 501
and 504, and where its argument is missing or was the trouble.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: VRFY bob@example.org
		S: 502 5.5.1 VRFY command is disabled
		# want
		`),
		lint.Bad(`
		# excerpt
		C: VRFY bob@example.org
		S: 500 5.5.1 Command not implemented
		# want
		`),
		lint.Good(`
		# excerpt
		C: VRFY bob@example.org
		S: 252 2.0.0 bob@example.org
		C: VRFY carol@example.org
		S: 550 5.1.1 No such user
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: VRFY bob@example.org
		S: 503 5.5.1 Not allowed before EHLO
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY bob@example.org
		S: 530 5.7.0 Authentication is required
		C: VRFY bob@example.org fast
		S: 504 5.5.4 Not implemented
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// switchedOff reports whether a refusal says that the command is not wanted.
func switchedOff(r *transcripts.Reply) bool {
	return lint.Says(r, "disabled", "not allowed", "administrative", "prohibit", "not permitted", "disallowed", "not available", "switched off") != ""
}
