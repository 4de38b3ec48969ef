package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Python's smtpd writes what it received and nothing of what it sent: each
// command by itself, and a message in one piece once its end has come.
var pysmtpd = &transcripts.Format{
	Name:     "pysmtpd",
	Programs: "Python smtpd 3.11 (-d)",
	Record:   "python3 -m smtpd -n -d -c DebuggingServer localhost:2525 > session.log 2>&1",
	Captured: true,
	Proves:   transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds | transcripts.Octets | transcripts.Secrets,
	First:    "D",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("Data: b'")) || bytes.HasPrefix(line, []byte(`Data: b"`)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &pysmtpdDecoder{} },
}

type pysmtpdDecoder struct {
	repr    repr
	message bool // in a message that the debugging handler prints
}

func (d *pysmtpdDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	switch {
	case d.message:
		d.message = !bytes.HasPrefix(text, []byte("------------ END MESSAGE"))
	case bytes.HasPrefix(text, []byte("---------- MESSAGE FOLLOWS")):
		d.message = true
	case bytes.HasPrefix(text, []byte("Incoming connection from ")):
		l := raw.Remark(transcripts.Opened, 0)
		emit(&l)
	case bytes.HasPrefix(text, []byte("Data: b")) && len(text) > len("Data: b"):
		d.data(raw, len("Data: b"), emit)
	}
}

// data takes a command, or a message if there are line ends in it: a command
// is cut off at its own.
func (d *pysmtpdDecoder) data(raw *transcripts.Raw, quote int, emit func(*transcripts.Line)) {
	message := bytes.Contains(raw.Text, []byte(`\r\n`))
	said := 0
	d.repr.begin(transcripts.Client, raw.Text[quote], raw.Span)
	d.repr.all(raw.Text[quote+1:], raw.Span.Part(quote+1, 0), func(l *transcripts.Line) {
		said++
		if l.EOL == transcripts.NoEOL {
			l.EOL = transcripts.CRLF
		}
		emit(l)
	})
	l := raw.Line(transcripts.Client, 0, len(raw.Text))
	l.EOL = transcripts.CRLF
	switch {
	case message:
		l.Text = []byte{'.'} // what it waited for before it wrote this
		emit(&l)
	case said == 0:
		emit(&l)
	}
}
