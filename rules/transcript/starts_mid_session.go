package transcript

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var startsMidSession = &lint.Rule{
	ID:       "starts-mid-session",
	Title:    "The recording starts in the middle of a session",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "3.1"), lint.RFC(5321, "3.2")},
	Adrift:   true,
	Session: func(p *lint.Pass) {
		if p.Excerpt || !p.Carries.Has(transcripts.Opening) || p.Proves.Has(transcripts.Opening) || !answered(p) {
			return
		}
		p.Report(p.Did(0), "the recording starts in the middle of a session: no greeting was recorded, so what the server offers "+
			"and whether TLS or a login came before is unknown").
			Helpf("record from the moment of connecting, or say so with a line \"# excerpt\" in plain notation")
	},
	Doc: `
A session begins with the server's greeting. Where the recording has none, it
is unknown what the server offers, whether TLS is on and whether a transaction
is open; rules that would need to know are not judged.

# What to do

Start recording before the connection is made: in Python, call set_debuglevel
before connect; in a capture, include the first packets.

# When it stays silent

Where the format never records the greeting, where no reply is recorded at all,
and where the recording says that it is an excerpt.
`,
	Examples: []lint.Example{
		lint.Bad(`
		C: RCPT TO:<b@example.org>
		# want
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		`),
	},
}

// answered reports whether any reply is on record.
func answered(p *lint.Pass) bool {
	for i := range p.Exchanges {
		if p.Exchanges[i].Reply.Recorded() {
			return true
		}
	}
	return false
}
