package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// qpsmtpd writes commands as it dispatches them, and replies bare among many
// other words, all behind the number of the process. Content is left out.
var qpsmtpd = &transcripts.Format{
	Name:     "qpsmtpd",
	Programs: "qpsmtpd 0.94 (logging/warn at level debug)",
	Record:   "logging/warn 7 in config/logging, and the standard error of qpsmtpd in session.log",
	Captured: true,
	Proves:   transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Secrets,
	First:    digits,
	Sign: func(line []byte) int {
		if n := processNumber(line); n > 0 && bytes.HasPrefix(line[n:], []byte(qpsmtpdCommand)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return qpsmtpdDecoder{} },
}

const qpsmtpdCommand = "dispatching "

// processNumber returns where the text behind "1234 " begins; 0 where there is
// no number.
func processNumber(line []byte) int {
	n := 0
	for n < len(line) && n < 10 && isDigit(line[n]) {
		n++
	}
	if n == 0 || n == len(line) || line[n] != ' ' {
		return 0
	}
	return n + 1
}

type qpsmtpdDecoder struct{}

func (qpsmtpdDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	n := processNumber(raw.Text)
	if n == 0 {
		return
	}
	var l transcripts.Line
	switch text := raw.Text[n:]; {
	case bytes.HasPrefix(text, []byte(qpsmtpdCommand)):
		l = raw.Line(transcripts.Client, n, n+len(qpsmtpdCommand))
	case replyShaped(text):
		l = raw.Line(transcripts.Server, n, n)
	case bytes.HasPrefix(text, []byte("Connection from ")):
		l = raw.Remark(transcripts.Opened, n)
	default:
		return
	}
	l.Conn = raw.Text[:n-1]
	emit(&l)
}
