package formats

import (
	"bytes"
	"slices"

	"github.com/smtplint/smtplint/transcripts"
)

// Horde_Smtp marks lines with "C:" and "S:" and takes their CR off. Content
// follows one mark, as it was sent, up to a newline of the recorder's own; on
// the wire that newline was a CRLF, except behind the octets of BDAT. In
// content a mark is one only where the line before it has no CR.
var horde = &transcripts.Format{
	Name:     "horde",
	Programs: "Horde_Smtp 1.9.6 (debug)",
	Record:   "new Horde_Smtp(['debug' => 'session.log', ...])",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.Octets | transcripts.Outcome | transcripts.Security,
	First: "[>SC",
	Sign: func(line []byte) int {
		switch {
		case bytes.HasPrefix(line, []byte(">> Connection to: smtp")), bytes.HasPrefix(line, []byte(hordeAuth)):
			return transcripts.Certain
		case bytes.HasPrefix(line, []byte("S: ")) && replyShaped(line[3:]), bytes.HasPrefix(line, []byte("C: ")):
			return transcripts.Weak
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &hordeDecoder{} },
}

// hordeAuth stands in place of AUTH and of all that belongs to it, except the
// last reply.
const hordeAuth = "[AUTH Command - method: "

type hordeDecoder struct {
	ends   ends
	asked  bool     // the last reply was a 354
	chunk  int64    // octets that the last command, BDAT, announced
	inside bool     // in content, up to a line without CR
	loose  heldLine // that line
}

func (d *hordeDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	mark := min(3, len(text))
	switch {
	case d.inside:
		d.text(raw, raw.Line(transcripts.Client, 0, 0), emit)
	case bytes.HasPrefix(text, []byte("C:")):
		d.client(raw, raw.Line(transcripts.Client, 0, mark), emit)
	case bytes.HasPrefix(text, []byte("S:")):
		d.endContent(emit)
		l := raw.Line(transcripts.Server, 0, mark)
		d.asked, d.chunk = bytes.HasPrefix(l.Text, []byte("354")), 0
		emit(&l)
	case d.loose.held: // no mark: the line was not the last one
		d.loose.release(emit)
		d.text(raw, raw.Line(transcripts.Client, 0, 0), emit)
	default:
		d.remark(raw, emit)
	}
}

func (d *hordeDecoder) client(raw *transcripts.Raw, l transcripts.Line, emit func(*transcripts.Line)) {
	switch {
	case d.chunk > 0 && !d.loose.held, d.asked && !d.loose.held && string(l.Text) != ".":
		d.text(raw, l, emit)
		return
	}
	d.endContent(emit)
	d.asked, d.chunk = false, chunkIn(l.Text)
	emit(&l)
}

// text takes a line of content.
func (d *hordeDecoder) text(raw *transcripts.Raw, l transcripts.Line, emit func(*transcripts.Line)) {
	d.ends.of(raw, &l)
	if d.inside = l.EOL == transcripts.CRLF; d.inside {
		emit(&l)
		return
	}
	d.loose.hold(&l)
}

// endContent hands out the last line of content once a mark has followed it.
func (d *hordeDecoder) endContent(emit func(*transcripts.Line)) {
	switch {
	case d.chunk > 0:
		d.loose.endPiece(emit)
	case d.ends.seen:
		d.loose.line.EOL = transcripts.CRLF
	}
	d.loose.release(emit)
}

func (d *hordeDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	l := raw.Remark(transcripts.Comment, 0)
	switch {
	case len(text) == 0, bytes.HasPrefix(text, []byte("------")):
		return
	case bytes.HasPrefix(text, []byte(">> Connection to: ")):
		l.Note = transcripts.Opened
		d.asked, d.chunk = false, 0
	case bytes.HasPrefix(text, []byte(">> Successfully completed TLS negotiation")):
		l.Note = transcripts.Secured
	case bytes.HasPrefix(text, []byte(">> ERROR: Server closed the connection")):
		l.Note = transcripts.ServerClosed
	case bytes.HasPrefix(text, []byte(hordeAuth)):
		d.auth(raw, emit)
		return
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		emitPort(raw, text, emit)
	}
}

// auth puts the command back, with Horde's words for its secret.
func (d *hordeDecoder) auth(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, Span: raw.Span.Part(0, 0)})
	method, _, _ := bytes.Cut(raw.Text[len(hordeAuth):], []byte{';'})
	l := raw.Line(transcripts.Client, 0, 0)
	if l.Text = slices.Concat([]byte("AUTH "), method); !serverFirst(method) {
		l.Text = slices.Concat(l.Text, []byte{' '}, raw.Text)
	}
	emit(&l)
}
