package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// libesmtp's protocol monitor marks the first line of what was written or read
// at once; the others have no mark. Of content only the header fields are
// shown, with "H:". Where the server offers CHUNKING, BDAT and all that comes
// after it are missing.
var libesmtp = &transcripts.Format{
	Name:     "libesmtp",
	Programs: "libesmtp 1.1.0 (esmtp 1.2 -X; also in Balsa)",
	Record:   "esmtp -X session.log ADDRESS < message",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets,
	First: "SC",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("S: ")) && replyShaped(line[3:]) || bytes.HasPrefix(line, []byte("C: ")) {
			return transcripts.Weak
		}
		return 0
	},
	Shape: func(lines [][]byte) int { return loneMark(lines, "S: ", true) },
	New:   func([]byte) transcripts.Decoder { return &libesmtpDecoder{who: transcripts.Recorder} },
}

// loneMark looks for a reply whose first line has a mark and whose other lines
// have none. Lines that begin with a star are curl's.
func loneMark(lines [][]byte, mark string, cr bool) int {
	for i := 1; i < len(lines); i++ {
		if bytes.HasPrefix(lines[i-1], []byte("* ")) {
			return 0
		}
		first, ok := bytes.CutPrefix(lines[i-1], []byte(mark))
		if ok && replyShaped(first) && len(first) > 3 && first[3] == '-' && replyShaped(withoutCR(lines[i])) &&
			bytes.Equal(first[:3], lines[i][:3]) && (!cr || len(withoutCR(lines[i])) < len(lines[i])) {
			return transcripts.Certain
		}
	}
	return 0
}

type libesmtpDecoder struct {
	ends   ends
	who    transcripts.Party // who spoke last
	asked  bool              // the last reply was a 354
	header bool              // in the header fields
}

func (d *libesmtpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	mark := 3
	switch {
	case bytes.HasPrefix(text, []byte("C: ")):
		d.who = transcripts.Client
	case bytes.HasPrefix(text, []byte("S: ")):
		d.who = transcripts.Server
		d.asked = bytes.HasPrefix(text[mark:], []byte("354"))
	case bytes.HasPrefix(text, []byte("H: ")):
		if !d.header {
			d.header = true
			l := raw.Remark(transcripts.ContentLeftOut, 0)
			if l.Text = nil; !d.asked {
				l.Note = transcripts.LeftOut // BDAT
			}
			emit(&l)
		}
		return
	case len(text) == 0:
		return
	case d.who == transcripts.Recorder, d.header:
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
		return
	default:
		mark = 0
	}
	d.header = false
	l := raw.Line(d.who, 0, mark)
	d.ends.of(raw, &l)
	emit(&l)
}
