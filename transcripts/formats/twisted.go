package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Twisted's delivery errors end with the last lines of the conversation,
// marked ">>>" and "<<<". Bounces of other programs quote single exchanges in
// the same way, so that what lies between them is not known.
var twisted = &transcripts.Format{
	Name:     "twisted",
	Programs: "Twisted 22.4 (text of SMTPDeliveryError)",
	Record:   "str() of the SMTPDeliveryError that sendmail() fails with",
	Captured: true,
	Proves:   transcripts.Order | transcripts.Reaction | transcripts.Octets | transcripts.Secrets | transcripts.Outcome,
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("<<< ")) && replyShaped(line[4:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return twistedDecoder{} },
}

type twistedDecoder struct{}

func (twistedDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	var l transcripts.Line
	switch {
	case bytes.HasPrefix(text, []byte(">>> ")):
		l = raw.Line(transcripts.Client, 0, 4)
	case bytes.HasPrefix(text, []byte("<<< ")):
		l = raw.Line(transcripts.Server, 0, 4)
	case len(text) == 0:
		return
	default:
		l = raw.Remark(transcripts.Comment, 0)
	}
	emit(&l)
}
