package capture

import (
	"bytes"
	"strconv"

	"github.com/smtplint/smtplint/transcripts"
)

// talker cuts what is said on SMTP connections into lines.
type talker struct {
	to    transcripts.Sink
	port  int              // of the servers that are wanted; 0: all
	line  transcripts.Line // the one that is handed out, used again and again
	spare []*batch
	live  bool // a connection is heard while it is in use: it shows TLS as it is
}

// talk is what is known of the conversation on one connection.
type talk struct {
	smtp    bool
	turned  bool     // it is known that client and server are the other way round than it was thought
	greeted bool     // the server began with a reply that can be a greeting
	port    uint16   // the server's
	name    [10]byte // the number of the connection, in digits
	digits  int
	pending *batch // lines, until it is known whether this is SMTP
	said    int64  // octets that both sides have said so far

	tlsAsked  bool  // the client sent STARTTLS
	tlsDue    bool  // and the server agreed
	dataAsked bool  // the client sent DATA
	content   bool  // and the server agreed
	chunk     int64 // octets of BDAT payload that are still to come
}

// worthARun is how many octets of content are likely to hold several lines.
const worthARun = 200

// hear cuts octets into lines.
func (t *talker) hear(c *conn, from transcripts.Party, data []byte, at *origin) {
	v := &c.halves[from].voice
	pos, before := 0, c.talk.said
	c.talk.said += int64(len(data))
	if h := &c.halves[from]; from == transcripts.Client && h.next == int64(len(data)) {
		pos = proxyHeader(data)
	}
	if from == transcripts.Server {
		t.interrupt(c)
	}
	for pos < len(data) && !c.deaf {
		rest := data[pos:]
		if v.fresh() && t.starts(c, from, v, rest, at) {
			return
		}
		if c.talk.content && from == transcripts.Client && len(rest) >= worthARun && v.fresh() {
			l := &t.line
			l.At, l.Conn = at.at, c.talk.name[:c.talk.digits]
			l.Span = transcripts.Span{Offset: before + int64(pos), Line: uint32(at.lines) + 1, Packet: at.packet}
			octets, lines := t.to.Content(l, rest)
			at.lines += lines
			if pos += octets; octets == len(rest) {
				return
			}
			rest = data[pos:]
		}
		n := bytes.IndexByte(rest, '\n')
		if from == transcripts.Client && c.talk.chunk > 0 && v.tear != tornOff {
			// BDAT counts octets, whether there are lines in them or not (RFC 3030 §2).
			room := int(min(c.talk.chunk-v.length(), int64(longestLine-len(v.partial))))
			if room <= len(rest) && (n < 0 || n >= room) {
				v.add(rest[:room], at, before+int64(pos))
				t.sayPartial(c, from, v, transcripts.NoEOL)
				pos += room
				continue
			}
		}
		switch {
		case v.tear == answered && n < 0:
			return
		case v.tear == answered:
			v.tear = whole
		case v.tear == tornOff && n < 0:
			v.dropped += int64(len(rest))
			return
		case v.tear == tornOff:
			t.gap(c, from, v.dropped+int64(n)+1, at)
			v.tear, v.dropped = whole, 0
		case n < 0:
			t.lengthen(c, v, rest, at, before+int64(pos))
			return
		case len(v.partial) > 0:
			v.add(rest[:n], at, before+int64(pos))
			t.sayPartial(c, from, v, transcripts.LF)
		default:
			at.lines++
			text, eol := rest[:n], transcripts.LF
			if n > 0 && text[n-1] == '\r' {
				text, eol = text[:n-1], transcripts.CRLF
			}
			l := &t.line
			l.From, l.Text, l.Cut, l.EOL, l.At, l.Note = from, text, 0, eol, at.at, 0
			l.Span.Offset, l.Span.Line, l.Span.Column = before+int64(pos), uint32(at.lines), 1
			l.Span.Length, l.Span.Packet = uint32(len(text)), at.packet
			t.say(c, l)
		}
		pos += n + 1
	}
}

// interrupt hands out the command that a client is still sending when the
// server speaks, if it is so long that the server need not wait for its end.
func (t *talker) interrupt(c *conn) {
	v := &c.halves[transcripts.Client].voice
	if len(v.partial) > longCommand && c.talk.smtp && !c.talk.content && c.talk.chunk == 0 && v.tear == whole {
		v.cut++ // of what comes yet, nobody knows how much
		t.sayPartial(c, transcripts.Client, v, transcripts.NoEOL)
		v.tear = answered
	}
}

// starts looks at the octets that a line begins with, and reports whether they
// are none of SMTP's.
func (t *talker) starts(c *conn, from transcripts.Party, v *voice, b []byte, at *origin) bool {
	if v.tear == torn {
		v.tear = tornOff
		if startsLine(from, b) {
			v.tear = whole
		}
		return false
	}
	mayHide := c.talk.tlsAsked || c.talk.tlsDue || !c.talk.smtp && c.talk.pending == nil
	switch {
	case mayHide && from == transcripts.Client && handshake(b):
		at.lines++
		t.seal(c, at)
		return true
	case c.talk.smtp:
		return false
	}
	return t.foreign(c, from, b)
}

// proxyHeader returns the length of the header that a proxy puts before what
// the client says, in the binary form of the PROXY protocol, version 2; 0 where
// there is none.
func proxyHeader(b []byte) int {
	if len(b) < 16 || !bytes.HasPrefix(b, []byte("\r\n\r\n\x00\r\nQUIT\n")) {
		return 0
	}
	return min(len(b), 16+int(b[14])<<8+int(b[15]))
}

// handshake reports whether octets are the start of a TLS handshake (RFC 8446
// §5.1).
func handshake(b []byte) bool { return b[0] == 0x16 && (len(b) < 2 || b[1] == 3) }

// lengthen adds octets to a line that is not yet over.
func (t *talker) lengthen(c *conn, v *voice, b []byte, at *origin, offset int64) {
	v.add(b, at, offset)
	if !c.talk.smtp && !c.deaf && v.length() > mostUnsure {
		t.ignore(c)
	}
}

// sayPartial hands out a line that came in parts.
func (t *talker) sayPartial(c *conn, from transcripts.Party, v *voice, eol transcripts.EOL) {
	text, cut := v.partial, v.cut
	if v.last == '\r' && eol != transcripts.NoEOL {
		if eol == transcripts.LF {
			eol = transcripts.CRLF
		}
		if cut > 0 {
			cut--
		} else {
			text = text[:len(text)-1]
		}
	} else if eol == transcripts.CR {
		eol = transcripts.NoEOL
	}
	b := &v.begun
	l := &t.line
	l.From, l.Text, l.Cut, l.EOL, l.At, l.Note = from, text, cut, eol, b.at, 0
	l.Span = transcripts.Span{Offset: v.offset, Line: uint32(b.lines), Column: 1, Length: uint32(len(text)), Packet: b.packet}
	t.say(c, l)
	v.partial, v.cut, v.last = v.partial[:0], 0, 0
}

// say hands out a line, or keeps it until it is known what is spoken.
func (t *talker) say(c *conn, l *transcripts.Line) {
	if !c.talk.smtp {
		t.consider(c, l)
		return
	}
	if l.From == transcripts.Client {
		t.clientSays(c, l)
	} else {
		c.talk.serverSays(l.Text)
	}
	t.out(c, l)
}

// out hands out a line of a connection.
func (t *talker) out(c *conn, l *transcripts.Line) {
	l.Conn = c.talk.name[:c.talk.digits]
	t.to.Line(l)
}

// clientSays follows the conversation as far as finding its lines needs it:
// where TLS may begin, and where octets are counted.
func (t *talker) clientSays(c *conn, l *transcripts.Line) {
	k := &c.talk
	switch {
	case k.chunk > 0:
		k.chunk = max(0, k.chunk-int64(len(l.Text))-l.Cut-int64(l.EOL.Octets()))
		return
	case k.content:
		k.content = len(l.Text) != 1 || l.Text[0] != '.' || l.EOL != transcripts.CRLF
		return
	case k.tlsDue && !t.live && transcripts.VerbOf(l.Text).Hello(): // as if TLS were on: the capture was decrypted
		k.tlsDue = false
		said := *l
		t.note(c, transcripts.Secured, &origin{at: l.At, packet: l.Span.Packet, lines: int(l.Span.Line)})
		*l = said
	}
	if len(l.Text) == 0 {
		return
	}
	switch l.Text[0] | 0x20 {
	case 's', 'd', 'b':
	default:
		return // by far the most
	}
	switch transcripts.VerbOf(l.Text) {
	case transcripts.STARTTLS:
		k.tlsAsked = true
	case transcripts.DATA:
		k.dataAsked = true
	case transcripts.BDAT:
		k.chunk, _ = transcripts.ChunkSize(l.Text)
	}
}

func (k *talk) serverSays(text []byte) {
	if !k.tlsAsked && !k.dataAsked && !k.content {
		return
	}
	if k.tlsAsked && bytes.HasPrefix(text, []byte("220")) && !bytes.HasPrefix(text, []byte("220-")) {
		k.tlsAsked, k.tlsDue = false, true
	}
	k.content = k.dataAsked && bytes.HasPrefix(text, []byte("354"))
	if k.content {
		k.dataAsked = false
	}
}

// seal ends the conversation where TLS begins.
func (t *talker) seal(c *conn, at *origin) {
	if !c.talk.smtp {
		if !t.implicitTLS(c) {
			t.ignore(c)
			return
		}
		t.begin(c)
	}
	t.note(c, transcripts.Encrypted, at)
	c.deaf = true
}

// missed says that octets were not captured, and hands out the half of a line
// that stands before them.
func (t *talker) missed(c *conn, from transcripts.Party, n int64) {
	v := &c.halves[from].voice
	n += v.dropped + v.halfEnd()
	v.dropped = 0
	if from == transcripts.Server && !replies(v.partial) { // too little to tell what it was
		n += v.length()
		v.partial, v.cut = v.partial[:0], 0
	}
	t.gap(c, from, n, &c.last)
	if len(v.partial) > 0 {
		t.sayPartial(c, from, v, transcripts.NoEOL)
	}
	v.tear = torn
}

// gap says how many octets of a side are missing.
func (t *talker) gap(c *conn, from transcripts.Party, n int64, at *origin) {
	if n == 0 {
		return
	}
	l := &t.line
	note := transcripts.ClientGap
	if from == transcripts.Server {
		note = transcripts.ServerGap
	}
	var text [32]byte
	l.From, l.EOL, l.At, l.Note, l.Cut = transcripts.Recorder, transcripts.EOLUnknown, at.at, note, n
	l.Text = append(strconv.AppendInt(text[:0], n, 10), " octets"...)
	l.Span = transcripts.Span{Offset: c.talk.said, Line: uint32(max(1, at.lines)), Column: 1, Length: uint32(len(l.Text)), Packet: at.packet}
	t.say(c, l)
}

// note hands out a remark without words.
func (t *talker) note(c *conn, n transcripts.Note, at *origin) {
	l := &t.line
	*l = transcripts.Line{From: transcripts.Recorder, Note: n, At: at.at,
		Span: transcripts.Span{Offset: c.talk.said, Line: uint32(max(1, at.lines)), Column: 1, Packet: at.packet}}
	t.out(c, l)
}

// left says that the client receives nothing any more.
func (t *talker) left(c *conn) {
	if c.talk.smtp {
		t.note(c, transcripts.ClientLeft, &c.firstClose.at)
	}
}

// part hands out what is unfinished, and who closed the connection.
func (t *talker) part(c *conn) {
	t.breakOff(c, transcripts.Client)
	t.breakOff(c, transcripts.Server)
	if !c.talk.smtp && !c.deaf {
		t.decide(c)
	}
	if c.talk.smtp && c.firstClose.by != 0 {
		t.note(c, c.firstClose.by, &c.firstClose.at)
	}
	t.forgetPending(c)
}

// breakOff hands out the line that a side has not finished.
func (t *talker) breakOff(c *conn, from transcripts.Party) {
	h := &c.halves[from]
	v, eol := &h.voice, transcripts.CR
	if !h.done() {
		v.halfEnd()
		eol = transcripts.NoEOL
	}
	if len(v.partial) > 0 && !c.deaf {
		t.sayPartial(c, from, v, eol)
	}
}
