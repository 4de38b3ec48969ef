package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Bounces, and the errors of Twisted's sendmail(), quote the end of a
// conversation, with ">>>" before commands and "<<<" before replies. Bounces
// quote single exchanges: what lies between them is not known.
var bounce = &transcripts.Format{
	Name:     "bounce",
	Programs: "sendmail 5 to 8.17, Courier 1.0 and others (bounces), Twisted 22.4 (SMTPDeliveryError)",
	Record:   "save the bounce with its source; in Python: str(failure.value)",
	Captured: true,
	Proves:   transcripts.Order | transcripts.Reaction | transcripts.Octets | transcripts.Secrets | transcripts.Outcome,
	First:    " <",
	Sign: func(line []byte) int {
		if _, n := bounceMark(line, "<<< "); n > 0 && replyShaped(line[n:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return bounceDecoder{} },
}

// bounceMark finds a mark at the start of a line, or behind the blank that
// Courier indents with, and where the text begins; 0 where it is not there.
func bounceMark(line []byte, mark string) (at, text int) {
	if len(line) > 0 && line[0] == ' ' {
		at = 1
	}
	if !bytes.HasPrefix(line[at:], []byte(mark)) {
		return 0, 0
	}
	return at, at + len(mark)
}

type bounceDecoder struct{}

func (bounceDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	var l transcripts.Line
	if at, n := bounceMark(text, ">>> "); n > 0 {
		l = raw.Line(transcripts.Client, at, n)
	} else if at, n := bounceMark(text, "<<< "); n > 0 {
		l = raw.Line(transcripts.Server, at, n)
	} else if concludes(text) {
		l = raw.Remark(transcripts.Comment, 0)
	} else {
		return // the rest of a mail
	}
	emit(&l)
}

// concludes reports whether a line says what the sender made of a reply:
// "550 5.1.1 <b@example.org>... User unknown", "b@example.org: 550 5.1.1 ...".
func concludes(text []byte) bool {
	_, said, _ := bytes.Cut(text, []byte(": "))
	return replyShaped(text) || replyShaped(said)
}
