package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Mailpit tells sessions apart by the address of the client only. Content is
// left out; what it found in the header stands in its place, in the form of a
// command.
var mailpit = &transcripts.Format{
	Name:     "mailpit",
	Programs: "Mailpit 1.27.11 (-v), to files and to a terminal",
	Record:   "mailpit -v > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Secrets |
		transcripts.Clock,
	Holds: "[](",
	Sign: func(line []byte) int {
		if r := readMailpit(line); r.text > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &mailpitDecoder{} },
}

// mailpitRecord is what stands before the text of a line.
type mailpitRecord struct {
	at    transcripts.Instant
	quote byte
	who   transcripts.Party
	conn  []byte
	text  int // 0 where the line is none of a session
}

func readMailpit(line []byte) (r mailpitRecord) {
	at, quote, n := logrusMessage(line)
	if n == 0 {
		return r
	}
	switch msg := line[n:]; {
	case bytes.HasPrefix(msg, []byte("[smtpd] received (")):
		r.who, n = transcripts.Client, n+len("[smtpd] received (")
	case bytes.HasPrefix(msg, []byte("[smtpd] response (")):
		r.who, n = transcripts.Server, n+len("[smtpd] response (")
	default:
		return r
	}
	end := bytes.Index(line[n:], []byte(") "))
	if end <= 0 {
		return r
	}
	r.at, r.quote, r.conn, r.text = at, quote, line[n:n+end], n+end+2
	return r
}

type mailpitDecoder struct {
	repr  repr
	peers conns[mailpitPeer]
	more  []byte // the peer whose reply goes on in lines without a mark
	at    transcripts.Instant
}

type mailpitPeer struct{ asked bool } // the last reply was a 354

func (d *mailpitDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readMailpit(raw.Text)
	if r.text == 0 {
		if len(d.more) > 0 && replyShaped(raw.Text) {
			r = mailpitRecord{at: d.at, who: transcripts.Server, conn: d.more}
		} else {
			return
		}
	}
	peer, _ := d.peers.of(r.conn)
	some := false
	said := func(l *transcripts.Line) {
		some = true
		l.At, l.Conn, l.EOL = r.at, r.conn, transcripts.EOLUnknown
		if r.quote == 0 {
			l.Text = bytes.TrimRight(l.Text, "\r ") // a terminal's lines are filled up with blanks
		}
		if l.From == transcripts.Server {
			peer.asked = bytes.HasPrefix(l.Text, []byte("354"))
		} else if peer.asked && bytes.HasPrefix(l.Text, []byte("from:")) {
			l.From, l.Note = transcripts.Recorder, transcripts.ContentLeftOut
		}
		emit(l)
		if r.quote == 0 {
			d.goesOn(l)
		}
	}
	if r.quote == 0 {
		l := raw.Line(r.who, 0, r.text)
		said(&l)
		return
	}
	d.repr.begin(r.who, r.quote, raw.Span)
	d.repr.all(raw.Text[r.text:], raw.Span.Part(r.text, 0), said)
	if !some {
		l := raw.Line(r.who, 0, len(raw.Text))
		said(&l)
	}
}

// goesOn notes whether further lines of the reply follow.
func (d *mailpitDecoder) goesOn(l *transcripts.Line) {
	more := l.From == transcripts.Server && len(l.Text) > 3 && l.Text[3] == '-'
	switch {
	case !more:
		d.more = d.more[:0]
	case len(d.more) == 0:
		d.more, d.at = append(d.more, l.Conn...), l.At
	}
}
