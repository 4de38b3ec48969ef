package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var rsetOrNoopRefused = &lint.Rule{
	ID:       "rset-or-noop-refused",
	Title:    "RSET or NOOP was refused",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.5"), lint.RFC(5321, "4.1.1.9"), lint.RFC(5321, "4.1.4")},
	On:       []transcripts.Verb{transcripts.RSET, transcripts.NOOP},
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		verb := e.Command.Verb
		if e.Command.Args != "" || p.Unwelcome() || e.Before.Closing {
			return
		}
		switch e.Reply.Code {
		case 421, 554: // closing; TLS is too weak
			return
		case 500, 502: // required-command-not-implemented, or the line is too long
			return
		case 530:
			if verb == transcripts.RSET {
				return
			}
		case 503:
			if e.Before.Hello == transcripts.NoVerb {
				return
			}
		}
		p.Report(p.Reply(i), "%v was answered %03d; it always succeeds, with 250", verb, e.Reply.Code).
			Helpf("answer %v with 250, also where there is nothing to do", verb)
	},
	Doc: `
RSET and NOOP cannot fail: one ends a transaction, also where none is open, the
other does nothing. A client that gets an error for RSET does not know what
state the server is in, and must close.

# What to do

Answer 250.

# When it stays silent

On 421; on 530 to RSET, where TLS must come first (NOOP is exempt); on 554, where
TLS was found too weak; after a greeting that refused the client; before EHLO,
where some servers answer everything with 503; and on RSET and NOOP with an
argument.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: RSET
		S: 503 5.5.1 Nothing to reset
		# want
		C: NOOP
		S: 530 5.7.0 Must issue a STARTTLS command first
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: RSET
		S: 503 5.5.1 EHLO first
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: RSET
		S: 530 5.7.0 Must issue a STARTTLS command first
		C: RSET
		S: 554 5.7.0 TLS is too weak
		C: NOOP
		S: 250 2.0.0 Ok
		C: RSET
		S: 421 4.3.2 mx.example.org Shutting down
		# connection closed
		`),
	},
}
