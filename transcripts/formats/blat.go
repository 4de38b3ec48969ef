package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// blat -debug marks commands and the first line of each reply. Content is not
// shown.
var blat = &transcripts.Format{
	Name:     "blat",
	Programs: "Blat 2 and 3 (-debug, Windows)",
	Record:   "blat FILE -to ADDRESS -server HOST -debug > session.log",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets | transcripts.Secrets,
	First: "<>",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte(blatRead)) || bytes.HasPrefix(line, []byte(blatSent)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &blatDecoder{} },
}

const (
	blatRead = "<<<getline<<< "
	blatSent = ">>>putline>>> "
)

type blatDecoder struct{ open bool } // a reply goes on

func (d *blatDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	var l transcripts.Line
	switch {
	case bytes.HasPrefix(text, []byte(blatSent)):
		l = raw.Line(transcripts.Client, 0, len(blatSent))
		d.open = false
	case bytes.HasPrefix(text, []byte(blatRead)):
		l = raw.Line(transcripts.Server, 0, len(blatRead))
		d.open = goesOn(l.Text)
	case len(text) == 0:
		return
	case d.open && replyShaped(text):
		l = raw.Line(transcripts.Server, 0, 0)
		d.open = goesOn(l.Text)
	default:
		l = raw.Remark(transcripts.Comment, 0)
	}
	emit(&l)
}

// goesOn reports whether a reply goes on after a line of it.
func goesOn(line []byte) bool { return len(line) > 3 && line[3] == '-' }
