package formats

import (
	"bytes"
	"strconv"

	"github.com/smtplint/smtplint/transcripts"
)

// taps puts together what a tool for packets or system calls has recorded of
// many connections. Such a tool knows two ends of a connection; which one is
// the server shows in what it says first. What does not look like SMTP, and
// what is encrypted, is left alone.
type taps struct {
	conns conns[tap]
	placing
}

// A tap is one connection.
type tap struct {
	sides  [2]stream // by party
	known  bool      // which end is the server
	server int
	skip   [2]bool // by party: octets were lost, and so is the rest of their line
	due    tlsDue
	opaque bool // encrypted from here on
	asked  bool // the last reply was a 354
	torn   bool // content was lost: more of it says nothing
	dotted bool // it was said that octets are not shown as they were
}

// tlsDue is how far STARTTLS has come.
type tlsDue uint8

const (
	noTLS tlsDue = iota
	tlsAsked
	tlsGranted
)

// A chunk is what one end of a connection sent at once.
type chunk struct {
	conn   []byte // the name of the connection
	end    int    // 0 or 1: which end sent it
	ports  [2]int // of both ends, where they are known
	octets []byte
	dots   bool // the tool writes a period for what cannot be printed
	noEnds bool // the tool does not show CRs
	at     transcripts.Instant
	span   transcripts.Span
}

// feed takes the next chunk.
func (t *taps) feed(c *chunk, emit func(*transcripts.Line)) {
	k, _ := t.conns.of(c.conn)
	if len(c.octets) == 0 || k.opaque {
		return
	}
	t.place = c.span
	if !k.known && !t.meet(k, c, emit) {
		return
	}
	who := k.party(c.end)
	if k.due == tlsGranted && who == transcripts.Client {
		k.due = noTLS
		if encrypted(c) {
			k.opaque = true
			t.note(transcripts.Secured, c, emit)
			t.note(transcripts.LeftOut, c, emit)
			return
		}
	}
	if who == transcripts.Client && k.torn {
		return
	}
	octets := c.octets
	if k.skip[who] {
		n := bytes.IndexByte(octets, '\n')
		if n < 0 {
			return
		}
		k.skip[who], octets = false, octets[n+1:]
	}
	k.sides[who].who, k.sides[who].inexact = who, c.noEnds
	k.sides[who].feed(octets, c.span, func(l *transcripts.Line) { t.said(k, c, l, emit) })
}

// dotted says once for a connection that periods stand for odd octets in it.
func (t *taps) dotted(c *chunk, f *transcripts.Format, emit func(*transcripts.Line)) {
	if k, _ := t.conns.of(c.conn); c.dots && k.known && !k.dotted {
		k.dotted = true
		t.fact("proves: "+(f.Proves&^transcripts.Octets).String(), c, emit)
	}
}

// meet decides which end of a connection is the server. It reports whether
// that is known now.
func (t *taps) meet(k *tap, c *chunk, emit func(*transcripts.Line)) bool {
	line, _, _ := bytes.Cut(c.octets[:min(len(c.octets), longestCommand)], []byte{'\n'})
	line = withoutCR(line)
	switch {
	case replyShaped(line):
		k.server = c.end
	case transcripts.LooksLikeCommand(line):
		k.server = 1 - c.end
	default:
		return false
	}
	k.known = true
	if port := c.ports[k.server]; port > 0 {
		t.fact("port: "+strconv.Itoa(port), c, emit)
	}
	return true
}

const longestCommand = 2 << 10 // of what is looked at to find out who speaks

func (k *tap) party(end int) transcripts.Party {
	if end == k.server {
		return transcripts.Server
	}
	return transcripts.Client
}

// said hands out a line and follows what it means for the octets after it.
func (t *taps) said(k *tap, c *chunk, l *transcripts.Line, emit func(*transcripts.Line)) {
	l.At, l.Conn = c.at, c.conn
	if c.noEnds && l.EOL == transcripts.LF {
		l.EOL = transcripts.EOLUnknown
	}
	switch {
	case l.From == transcripts.Client:
		if len(l.Text) == 8 && bytes.EqualFold(l.Text, []byte("STARTTLS")) && !k.asked {
			k.due = tlsAsked
		}
	case len(l.Text) < 4 || l.Text[3] != '-':
		granted := k.due == tlsAsked && bytes.HasPrefix(l.Text, []byte("220"))
		if k.due = noTLS; granted {
			k.due = tlsGranted
		}
		k.asked, k.torn = bytes.HasPrefix(l.Text, []byte("354")), false
	}
	t.emit(l, emit)
}

// encrypted reports whether a chunk begins a TLS handshake.
func encrypted(c *chunk) bool {
	if c.dots {
		return bytes.HasPrefix(c.octets, []byte("..."))
	}
	return len(c.octets) > 1 && c.octets[0] == 0x16 && c.octets[1] == 3
}

// lost says that octets of the end that sent c are missing, and whether they
// took the end of their line with them.
func (t *taps) lost(c *chunk, midline bool, emit func(*transcripts.Line)) {
	k, _ := t.conns.of(c.conn)
	if !k.known || k.opaque {
		return
	}
	t.place = c.span
	who := k.party(c.end)
	k.sides[who].lose()
	k.skip[who] = midline
	if who == transcripts.Client && k.asked {
		k.torn, k.skip[who] = true, false // the client goes on with a new line once it was answered
		t.note(transcripts.ContentLeftOut, c, emit)
		return
	}
	t.note(transcripts.LeftOut, c, emit)
}

// closed says that a connection ended. A connection that has its name later is
// another one.
func (t *taps) closed(c *chunk, note transcripts.Note, emit func(*transcripts.Line)) {
	k, fresh := t.conns.of(c.conn)
	if !fresh && k.known {
		t.place = c.span
		t.end(k, c, emit)
		t.note(note, c, emit)
	}
	t.conns.forget(c.conn)
}

// end hands out what is there of lines.
func (t *taps) end(k *tap, c *chunk, emit func(*transcripts.Line)) {
	for i := range k.sides {
		k.sides[i].end(func(l *transcripts.Line) { t.said(k, c, l, emit) })
	}
}

// Flush hands out the last lines of all connections.
func (t *taps) Flush(emit func(*transcripts.Line)) {
	for name, k := range t.conns.byName.Sorted() {
		t.end(k, &chunk{conn: []byte(name)}, emit)
	}
}

// note hands out a remark about the connection of c.
func (t *taps) note(n transcripts.Note, c *chunk, emit func(*transcripts.Line)) {
	t.emit(&transcripts.Line{
		From: transcripts.Recorder, Note: n, At: c.at, Conn: c.conn, Span: c.span.Part(0, 0),
	}, emit)
}

// fact states a fact about the connection of c.
func (t *taps) fact(text string, c *chunk, emit func(*transcripts.Line)) {
	t.emit(&transcripts.Line{
		From: transcripts.Recorder, Note: transcripts.Fact, Text: []byte(text), Conn: c.conn, Span: c.span.Part(0, 0),
	}, emit)
}

// flow names the connection between two endpoints, whoever speaks, and tells
// which end of it the first one is. The name is appended to buf.
func flow(buf, from, to []byte) (name []byte, end int) {
	if bytes.Compare(from, to) > 0 {
		from, to, end = to, from, 1
	}
	return append(append(append(buf, from...), '-'), to...), end
}

// portOf reads the port behind the last separator of an endpoint, or returns 0.
func portOf(endpoint []byte, separator byte) int {
	n := bytes.LastIndexByte(endpoint, separator)
	if n < 0 || len(endpoint)-n > 6 {
		return 0
	}
	return max(0, number(endpoint[n+1:]))
}
