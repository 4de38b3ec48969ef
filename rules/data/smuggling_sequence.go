package data

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var smugglingSequence = &lint.Rule{
	ID:       "smuggling-sequence",
	Title:    "The message holds what some servers take for its end",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Sees:     transcripts.LineEnds | transcripts.Octets,
	Refs:     []lint.Ref{lint.RFC(5321, "2.3.8"), lint.RFC(5321, "4.1.1.4")},
	In:       []transcripts.Kind{transcripts.Content},
	Odd:      lint.OddContent,
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if !smuggles(b) {
			return
		}
		m := b.Mark(transcripts.LooseEnd)
		d := p.Report(p.Marked(m), "%s looks like the end of the message to lenient servers (SMTP smuggling)", m.Shape).
			Helpf("send every line end as CRLF, and only then double periods at the start of lines")
		if m.Bait != "" {
			d.Message += "; the command " + transcripts.VerbOf([]byte(m.Bait)).String() + " follows it"
		}
		if m.Count > 1 {
			d.Labelf("the first of %d such sequences", m.Count)
		}
	},
	Doc: `
The end of a message is CRLF, a period, CRLF, and nothing else. Some servers have
taken other sequences for it, such as LF, a period, LF. Where the sender's
server does not and the receiver's does, the text behind the sequence becomes
another message, sent in the name of the first server: with any sender, past
SPF and DMARC (CVE-2023-51764, CVE-2023-51765, CVE-2023-51766).

# What to do

Client: make every line end CRLF, then double periods. Server that relays: do
not pass bare CR, bare LF and NUL on. Server that receives: accept CRLF, period,
CRLF only, and refuse the others.

# When it stays silent

In recordings that do not show line ends. BDAT counts octets and cannot be
fooled. Where the sequence is how the client ends its message, bare-lf-in-data
says that its line ends are wrong.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\n"
		C= ".\r\n"
		# want
		C= "MAIL FROM:<admin@example.com>\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r\n"
		C= ".\r\r\n"
		# want
		C= "more\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r.\rMAIL FROM:<admin@example.com>\r\n"
		# want
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r\n"
		C= "\x00.\r\n"
		# want
		C= "more\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C= "text\r\n"
		C= "..\r\n"
		C= "MAIL FROM is only quoted here\r\n"
		C= ".\r\n"
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# BDAT counts octets.
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=BINARYMIME
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 7 LAST
		C= "a\n"
		C= ".\n"
		C= "b\r\n"
		S: 250 2.0.0 Queued
		`),
	},
}
