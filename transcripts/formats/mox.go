package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// mox traces each read and each write in Go's quotes: "LC" is the local
// client, "RS" the remote server it talks to; "LS" and "RC" are its own server
// and the remote client. What the level hides is a row of stars or of periods.
var mox = &transcripts.Format{
	Name:     "mox",
	Programs: "mox 2026-08, smtpclient and server (loglevel trace, traceauth, tracedata)",
	Record:   "mox -loglevel tracedata serve 2> session.log",
	Captured: true,
	Proves:   moxServerProves | transcripts.Reaction,
	First:    "lt",
	Sign: func(line []byte) int {
		if _, _, quoted := readMox(line); quoted > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &moxDecoder{} },
}

const moxServerProves = transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order |
	transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds |
	transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets

// readMox reads `trace: "LC: ` and `l=trace m="LC: `, and returns where what
// was said begins; 0 where nothing was. server is set for mox's own server.
func readMox(line []byte) (who transcripts.Party, server bool, quoted int) {
	rest, logfmt := bytes.CutPrefix(line, []byte("l="))
	if !bytes.HasPrefix(rest, []byte("trace")) {
		return 0, false, 0
	}
	rest = rest[len("trace"):]
	for _, level := range [...]string{"auth", "data"} {
		rest = bytes.TrimPrefix(rest, []byte(level))
	}
	open := `: "`
	if logfmt {
		open = ` m="`
	}
	if !bytes.HasPrefix(rest, []byte(open)) {
		return 0, false, 0
	}
	rest = rest[len(open):]
	if len(rest) < 4 || rest[2] != ':' || rest[3] != ' ' {
		return 0, false, 0
	}
	switch string(rest[:2]) {
	case "LC":
	case "RS":
		who = transcripts.Server
	case "RC":
		server = true
	case "LS":
		who, server = transcripts.Server, true
	default:
		return 0, false, 0
	}
	return who, server, len(line) - len(rest) + 4
}

type moxDecoder struct {
	known conns[moxConn]
	now   *moxConn // that the line is about
	name  []byte   // its name
	who   transcripts.Party
	open  bool // the octets go on in the next piece of the line
}

type moxConn struct {
	server   bool    // mox is the server
	said     [2]repr // a read may end within a line
	prompted bool    // the last reply was a 334
}

func (d *moxDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.DecodePiece(raw, true, true, emit)
}

func (d *moxDecoder) DecodePiece(raw *transcripts.Raw, first, last bool, emit func(*transcripts.Line)) {
	if !first {
		if d.open {
			d.feed(raw, 0, last, emit)
		}
		return
	}
	d.open = false
	who, server, quoted := readMox(raw.Text)
	if quoted == 0 {
		d.remark(raw, emit)
		return
	}
	var fresh bool
	d.who = who
	d.name = append(d.name[:0], moxConnID(raw.Text, quoted)...)
	d.now, fresh = d.known.of(d.name)
	if fresh || d.now.server != server {
		if d.now.server = server; server {
			emitProves(raw, d.name, moxServerProves, emit)
		}
	}
	switch hidden := moxHidden(raw.Text[quoted:]); {
	case hidden == "...":
		l := raw.Remark(transcripts.ContentLeftOut, quoted)
		l.Text, l.Conn = nil, d.name
		emit(&l)
	case hidden == "***":
		l := raw.Line(who, 0, quoted)
		l.Text, l.Conn = hiddenAuth(d.now.prompted), d.name
		emit(&l)
	default:
		r := &d.now.said[who]
		r.goOn('"', raw.Span)
		r.who = who
		d.feed(raw, quoted, last, emit)
	}
}

// moxHidden returns what stands for octets that the level hides, or "".
func moxHidden(said []byte) string {
	if len(said) > 3 && said[3] == '"' && (string(said[:3]) == "..." || string(said[:3]) == "***") {
		return string(said[:3])
	}
	return ""
}

// moxConnID returns the value of cid behind the quotes that open before quoted.
func moxConnID(line []byte, quoted int) []byte {
	for n := quoted; n < len(line); n++ {
		switch line[n] {
		case '\\':
			n++
		case '"':
			return moxValue(line[n:], " cid=")
		}
	}
	return nil
}

// moxValue returns the value behind a name.
func moxValue(line []byte, name string) []byte {
	n := jsonField(line, name)
	if n == 0 {
		return nil
	}
	value := line[n:]
	if end := bytes.IndexAny(value, "; "); end >= 0 {
		value = value[:end]
	}
	return value
}

func (d *moxDecoder) feed(raw *transcripts.Raw, from int, last bool, emit func(*transcripts.Line)) {
	d.open = d.now.said[d.who].feed(raw.Text[from:], raw.Span.Part(from, 0), func(l *transcripts.Line) {
		l.Conn = d.name
		if l.Span.Line < raw.Span.Line { // it was begun in another entry
			l.Span = raw.Span
		}
		if d.who == transcripts.Server {
			d.now.prompted = bytes.HasPrefix(l.Text, []byte("334"))
		}
		emit(l)
	})
	if last {
		d.open = false
	}
}

// remark takes what mox says between its traces.
func (d *moxDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	done := bytes.Contains(raw.Text, []byte("tls client handshake done")) || bytes.Contains(raw.Text, []byte("tls handshake completed"))
	if done && bytes.Contains(raw.Text, []byte("pkg=smtp")) {
		l := raw.Remark(transcripts.Secured, 0)
		l.Conn = moxValue(raw.Text, " cid=")
		emit(&l)
	}
}
