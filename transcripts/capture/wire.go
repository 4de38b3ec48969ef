package capture

import (
	"strconv"

	"github.com/smtplint/smtplint/transcripts"
)

// A Wire is a connection that is heard at one of its ends while it is in use.
// It makes the same lines of what is said as a capture does, in the order in
// which that end has seen it. It is not safe for concurrent use.
type Wire struct {
	talker talker
	conn   conn
	at     origin
}

// NewWire begins to listen to a connection. number tells it from others, ends
// names the client's end and the server's, and port is the server's: one that
// is not made for mail says nothing, and is not handed on.
func NewWire(to transcripts.Sink, number uint32, ends string, port int, at transcripts.Instant) *Wire {
	w := &Wire{talker: talker{to: to, live: true}, at: origin{at: at}}
	w.conn.opened = w.at
	for i := range w.conn.halves {
		w.conn.halves[i].fin = -1
	}
	k := &w.conn.talk
	k.smtp = true
	k.digits = len(strconv.AppendUint(k.name[:0], uint64(number), 10))
	w.talker.about(&w.conn, transcripts.Opened, ends)
	if w.talker.mailPort(uint16(port)) {
		w.talker.about(&w.conn, transcripts.Fact, "port: "+strconv.Itoa(port))
	}
	return w
}

// Said takes the octets that a side has sent. They are lent.
func (w *Wire) Said(from transcripts.Party, octets []byte, at transcripts.Instant) {
	if len(octets) == 0 || w.conn.deaf {
		return
	}
	w.now(at)
	w.conn.halves[from].next += int64(len(octets))
	if from == transcripts.Client && w.conn.talk.said == 0 && handshake(octets) { // RFC 8314 §3.3
		w.at.lines++
		w.talker.seal(&w.conn, &w.at)
		return
	}
	w.talker.hear(&w.conn, from, octets, &w.at)
}

// Missed says that a side may have sent octets that were not heard.
func (w *Wire) Missed(from transcripts.Party, octets int64, at transcripts.Instant) {
	if !w.conn.deaf {
		w.now(at)
		w.talker.missed(&w.conn, from, octets)
	}
}

// Remark puts words of the recorder behind what was said so far. They count as
// a line.
func (w *Wire) Remark(n transcripts.Note, text string, at transcripts.Instant) {
	w.at.lines++
	w.now(at)
	l := &w.talker.line
	*l = transcripts.Line{From: transcripts.Recorder, Note: n, Text: []byte(text), At: at,
		Span: transcripts.Span{Offset: w.conn.talk.said, Line: uint32(w.at.lines), Column: 1, Length: uint32(len(text))}}
	w.talker.out(&w.conn, l)
}

// Secured says that TLS is on, and that what is heard from here on is said
// inside of it.
func (w *Wire) Secured(at transcripts.Instant) {
	k := &w.conn.talk
	k.tlsAsked, k.tlsDue = false, false
	w.conn.deaf = false
	for i := range w.conn.halves {
		w.conn.halves[i].voice = voice{}
	}
	w.now(at)
	w.talker.note(&w.conn, transcripts.Secured, &w.at)
}

// Hidden reports whether TLS hides what is said.
func (w *Wire) Hidden() bool { return w.conn.deaf }

// Closed says that a side sends no more, transcripts.ClientClosed or
// transcripts.ServerClosed, or that the connection broke, transcripts.Closed.
// The first one counts.
func (w *Wire) Closed(by transcripts.Note, at transcripts.Instant) {
	w.now(at)
	if w.conn.firstClose.by == 0 {
		w.conn.firstClose = closing{by: by, at: w.at}
	}
	if by == transcripts.Closed {
		return
	}
	side := transcripts.Client
	if by == transcripts.ServerClosed {
		side = transcripts.Server
	}
	w.conn.halves[side].fin = w.conn.halves[side].next
	w.talker.breakOff(&w.conn, side)
}

// End says that nothing more will be heard.
func (w *Wire) End() { w.talker.part(&w.conn) }

func (w *Wire) now(at transcripts.Instant) {
	w.at.at = at
	w.conn.last = w.at
}
