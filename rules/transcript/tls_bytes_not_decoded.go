package transcript

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var tlsBytesNotDecoded = &lint.Rule{
	ID:       "tls-bytes-not-decoded",
	Title:    "The session is encrypted from some point on",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(3207, "4"), lint.RFC(8314, "3")},
	Adrift:   true,
	Session: func(p *lint.Pass) {
		if !p.Encrypted.Known() {
			return
		}
		p.Report(lint.Place{Span: p.Encrypted, Party: transcripts.Client, Text: "(TLS handshake)", To: len("(TLS handshake)")},
			"the session is encrypted from %s on; the rest was not judged", lint.Line(p.Encrypted)).
			Helpf("record inside the client or the server, or decrypt the capture with a key log first")
	},
	Doc: `
The recording shows TLS as it crossed the wire. What was said before it was
judged; what was said inside cannot be read.

# What to do

Turn on the debug log of the client or the server, which sees the conversation
in clear. A capture can be decrypted where one of the two has written a key log
(SSLKEYLOGFILE).

# When it stays silent

Where the recording goes on with what was said inside TLS.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready to start TLS
		C= "\x16\x03\x01\x02\x00\x01"
		# want
		`),
		lint.Bad(`
		# TLS from the beginning, as on port 465.
		C= "\x16\x03\x01\x02\x00\x01"
		# want
		S= "\x16\x03\x03\x00\x7a\x02"
		`),
		lint.Good(`
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready to start TLS
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# The recorder shows both.
		# excerpt
		C: STARTTLS
		S: 220 2.0.0 Ready to start TLS
		C= "\x16\x03\x01\x02\x00\x01"
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
	},
}
