package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// PEAR's Net_SMTP writes what it sends with its CRLF and a newline of its own
// behind that, content in large pieces with one mark each. In content a mark
// is one only where the line before it has no CR.
var pear = &transcripts.Format{
	Name:     "pear",
	Programs: "PEAR Net_SMTP 1.10.1 (setDebug)",
	Record:   "$smtp->setDebug(true), with the output in session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.Octets | transcripts.Secrets,
	First: "D",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte(pearSend)) || bytes.HasPrefix(line, []byte(pearRecv)) && replyShaped(line[len(pearRecv):]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &pearDecoder{} },
}

const (
	pearSend = "DEBUG: Send: "
	pearRecv = "DEBUG: Recv: "
)

type pearDecoder struct {
	ends    ends
	content bool     // the last reply was a 354
	inside  bool     // in content, up to a line without CR
	loose   heldLine // that line
}

func (d *pearDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	switch {
	case d.inside:
		d.text(raw, raw.Line(transcripts.Client, 0, 0), emit)
	case bytes.HasPrefix(text, []byte(pearSend)):
		d.sent(raw, raw.Line(transcripts.Client, 0, len(pearSend)), emit)
	case bytes.HasPrefix(text, []byte(pearRecv)):
		d.ends.own(raw)
		d.loose.release(emit)
		l := raw.Line(transcripts.Server, 0, len(pearRecv))
		l.Text = withoutCR(l.Text)
		d.content = bytes.HasPrefix(l.Text, []byte("354"))
		emit(&l)
	case d.content:
		d.text(raw, raw.Line(transcripts.Client, 0, 0), emit)
	case len(text) > 0:
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	}
}

// sent takes the first line of what was sent in one piece.
func (d *pearDecoder) sent(raw *transcripts.Raw, l transcripts.Line, emit func(*transcripts.Line)) {
	if !d.content {
		d.ends.of(raw, &l)
		emit(&l)
		return
	}
	if string(withoutCR(l.Text)) == "." {
		d.content = false
		d.loose.endPiece(emit)
		d.ends.of(raw, &l)
		emit(&l)
		return
	}
	d.loose.join(&l)
	d.text(raw, l, emit)
}

// text takes a line of content. One without CR is held: if a mark follows, the
// newline is the recorder's own.
func (d *pearDecoder) text(raw *transcripts.Raw, l transcripts.Line, emit func(*transcripts.Line)) {
	d.loose.release(emit)
	d.ends.of(raw, &l)
	if d.inside = l.EOL == transcripts.CRLF; d.inside {
		emit(&l)
		return
	}
	d.loose.hold(&l)
}
