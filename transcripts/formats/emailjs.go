package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// emailjs writes what it sends as it is, with a newline of its own behind each
// piece, and replies as JSON. Content is sent in pieces of some 12 KiB: beyond
// the first one a newline may be either the message's or emailjs's.
var emailjs = &transcripts.Format{
	Name:     "emailjs",
	Programs: "emailjs 5.0.3 (Node.js)",
	Record:   "new SMTPClient({host, ...}).smtp.debug(1), with stdout in session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.Secrets,
	First: "{c",
	Sign: func(line []byte) int {
		switch {
		case bytes.HasPrefix(line, []byte(emailjsReply)):
			return transcripts.Strong
		case bytes.HasPrefix(line, []byte("connecting: ")), bytes.HasPrefix(line, []byte("connected: ")):
			return transcripts.Medium
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &emailjsDecoder{} },
}

const (
	emailjsReply = `{"code":"`
	emailjsData  = `"data":"`
	emailjsPiece = 8 << 10 // octets that are one piece for certain
)

type emailjsDecoder struct {
	ends    ends
	repr    repr
	begun   bool
	content bool
	octets  int              // of content
	loose   heldLine         // a line of content that ended with LF alone
	blank   transcripts.Line // an empty one behind it that ended with CRLF
	blanked bool
}

func (d *emailjsDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	switch {
	case bytes.HasPrefix(text, []byte(emailjsReply)):
		d.release(emit)
		d.reply(raw, emit)
	case d.content:
		d.text(raw, emit)
	case len(text) == 0:
	case bytes.HasPrefix(text, []byte("connecting: ")):
		*d = emailjsDecoder{}
		l := raw.Remark(transcripts.Opened, 0)
		emit(&l)
		emitPort(raw, text, emit)
	case bytes.HasPrefix(text, []byte("smtp connection closed")):
		l := raw.Remark(transcripts.Closed, 0)
		emit(&l)
	case !d.begun && replyShaped(text):
		l := raw.Line(transcripts.Server, 0, 0)
		d.begun = len(text) < 4 || text[3] != '-'
		emit(&l)
	case raw.EOL == transcripts.CRLF:
		l := raw.Line(transcripts.Client, 0, 0)
		d.ends.of(raw, &l)
		emit(&l)
	default:
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	}
}

func (d *emailjsDecoder) reply(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	n := bytes.Index(raw.Text, []byte(emailjsData))
	if n < 0 {
		return
	}
	n += len(emailjsData)
	said := func(l *transcripts.Line) {
		l.EOL = transcripts.EOLUnknown
		emit(l)
	}
	d.repr.begin(transcripts.Server, '"', raw.Span.Part(0, 0))
	d.repr.feed(raw.Text[n:], raw.Span.Part(n, 0), said)
	d.repr.end(said)
	d.begun = true
	d.content, d.octets = bytes.HasPrefix(raw.Text[n:], []byte("354")), 0
}

// text takes a line of content. The last piece, a line end and a period, goes
// on with what stands before the newline in front of it.
func (d *emailjsDecoder) text(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	l := raw.Line(transcripts.Client, 0, 0)
	d.ends.of(raw, &l)
	if d.octets += len(l.Text) + 2; d.octets > emailjsPiece && d.octets <= emailjsPiece+len(l.Text)+2 {
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Fact, Text: []byte("stuffing: none"), Span: l.Span})
	}
	switch {
	case l.EOL == transcripts.CRLF && len(l.Text) == 0 && d.loose.held && !d.blanked:
		d.blank, d.blanked = l, true
		return
	case l.EOL == transcripts.CRLF && string(l.Text) == "." && d.blanked:
		if len(d.loose.text) > 0 {
			d.loose.line.EOL = transcripts.CRLF
			d.blanked = false
		} else {
			d.loose.held = false
		}
		d.content = false
	}
	d.release(emit)
	if l.EOL == transcripts.LF {
		if d.octets > emailjsPiece {
			l.EOL = transcripts.EOLUnknown
		}
		d.loose.hold(&l)
		return
	}
	emit(&l)
}

func (d *emailjsDecoder) release(emit func(*transcripts.Line)) {
	d.loose.release(emit)
	if d.blanked {
		d.blanked = false
		emit(&d.blank)
	}
}

func (d *emailjsDecoder) Flush(emit func(*transcripts.Line)) { d.release(emit) }
