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
	Programs: "sendmail 5 to 8.17 and others (bounces), Twisted 22.4 (SMTPDeliveryError)",
	Record:   "save the bounce with its source; in Python: str(failure.value)",
	Captured: true,
	Proves:   transcripts.Order | transcripts.Reaction | transcripts.Octets | transcripts.Secrets | transcripts.Outcome,
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("<<< ")) && replyShaped(line[4:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return bounceDecoder{} },
}

type bounceDecoder struct{}

func (bounceDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	var l transcripts.Line
	switch {
	case bytes.HasPrefix(text, []byte(">>> ")):
		l = raw.Line(transcripts.Client, 0, 4)
	case bytes.HasPrefix(text, []byte("<<< ")):
		l = raw.Line(transcripts.Server, 0, 4)
	case concludes(text):
		l = raw.Remark(transcripts.Comment, 0)
	default:
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
