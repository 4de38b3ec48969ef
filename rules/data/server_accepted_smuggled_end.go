package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var serverAcceptedSmuggledEnd = &lint.Rule{
	ID:       "server-accepted-smuggled-end",
	Title:    "The server took something else than CRLF, period, CRLF for the end of a message",
	Area:     lint.Data,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.LineEnds,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.4"), lint.RFC(5321, "2.3.8")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		m := e.Body.Mark(transcripts.LooseEnd)
		if !e.Body.Smuggle || m == nil {
			return
		}
		what := m.Shape
		if m.Count > 1 {
			what = "a period whose line ends were not CRLF"
		}
		d := p.Report(p.Reply(i), "the server took %s for the end of the message: it lets messages be smuggled", what).
			Note(p.Marked(m), "this is text of the message").
			Helpf("accept CRLF, period, CRLF only (Postfix: smtpd_forbid_bare_newline; Exim from 4.97.1; Sendmail from 8.18)")
		if next := i + 1; next < len(p.Exchanges) && p.Exchanges[next].Kind == transcripts.Unasked {
			d.Note(p.Reply(next), "what follows in the message was answered as a command")
		}
	},
	Doc: `
A server must take only CRLF, period, CRLF for the end of a message. One that
also takes LF, period, LF, or another sequence, reads what follows in the same
message as commands. Whoever can send mail through a server that passes such
sequences on can then send any message in its name (SMTP smuggling,
CVE-2023-51764, CVE-2023-51765, CVE-2023-51766).

# What to do

Update the server, or set what it has against bare line feeds: Postfix has
smtpd_forbid_bare_newline, Exim is right from 4.97.1 on, Sendmail from 8.18 on.

# When it stays silent

Where the server refuses the message, where only one reply came for it and the
true end had been sent by then, and where line ends or the order of lines are
not recorded.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r\n"
		C= ".\n"
		S: 250 2.0.0 Queued
		# want
		C= "MAIL FROM:<admin@example.com>\r\n"
		S: 250 2.1.0 Ok
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\n"
		C= ".\n"
		C= "MAIL FROM:<admin@example.com>\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		# want
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r\n"
		C= "..\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		C= "QUIT\r\n"
		S: 221 2.0.0 Bye
		`),
	},
}
