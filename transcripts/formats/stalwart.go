package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Stalwart writes an event for whatever it reads or writes, with the octets in
// quotes. "smtp" is the server, "delivery" the client.
var stalwart = &transcripts.Format{
	Name:     "stalwart",
	Programs: "Stalwart Mail Server 0.9 and later (tracer at level trace)",
	Record:   "a tracer of type stdout or log with level = \"trace\", and its output in session.log",
	Proves:   transcripts.Order | transcripts.Reaction | transcripts.Clock | transcripts.Secrets,
	First:    digits,
	Sign: func(line []byte) int {
		if r := readStalwart(line); r.text > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &stalwartDecoder{} },
}

// stalwartEvents are the events that hold what was said.
var stalwartEvents = [...]struct {
	name  string
	who   transcripts.Party
	sends bool // Stalwart is the client
}{
	{"(smtp.raw-input) ", transcripts.Client, false},
	{"(smtp.raw-output) ", transcripts.Server, false},
	{"(delivery.raw-input) ", transcripts.Server, true},
	{"(delivery.raw-output) ", transcripts.Client, true},
}

type stalwartRecord struct {
	at    transcripts.Instant
	who   transcripts.Party
	sends bool
	span  []byte // the number of the session
	text  int    // where the octets begin, behind the quote; 0: it is no such event
}

func readStalwart(line []byte) (r stalwartRecord) {
	at, n := dateTime(line)
	if n == 0 {
		return r
	}
	for i := range stalwartEvents {
		e := &stalwartEvents[i]
		event := bytes.Index(line, []byte(e.name))
		if event < 0 {
			continue
		}
		const span, contents = "spanId = ", `contents = "`
		text := bytes.Index(line[event:], []byte(contents))
		if text < 0 {
			return r
		}
		if n := bytes.Index(line[event:event+text], []byte(span)); n >= 0 {
			id := line[event+n+len(span):]
			r.span = id[:max(0, bytes.IndexByte(id, ','))]
		}
		r.at, r.who, r.sends, r.text = at, e.who, e.sends, event+text+len(contents)
		return r
	}
	return r
}

type stalwartDecoder struct {
	known conns[struct{}]
	repr  repr
	conn  []byte
}

func (d *stalwartDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readStalwart(raw.Text)
	if r.text == 0 {
		return
	}
	d.conn = append(d.conn[:0], r.span...)
	if r.sends {
		d.conn = append(d.conn, "/out"...)
	}
	if _, fresh := d.known.of(d.conn); fresh && !r.sends {
		emitProves(raw, d.conn, stalwart.Proves&^transcripts.Reaction, emit)
	}
	d.repr.begin(r.who, '"', raw.Span)
	d.repr.all(raw.Text[r.text:], raw.Span.Part(r.text, 0), func(l *transcripts.Line) {
		l.At, l.Conn, l.EOL = r.at, d.conn, transcripts.EOLUnknown
		emit(l)
	})
}
