package capture

import (
	"sync"

	"github.com/smtplint/smtplint/transcripts"
)

// An assembler puts the octets of TCP connections together again.
type assembler struct {
	out     listener
	pool    pool
	arrived piece  // what the latest segment has brought
	moment  uint64 // of the latest arrival
	held    int    // octets that the queues of all connections take up
}

// A listener is told what the two sides of each connection say, in the order
// in which the client saw it.
type listener interface {
	greet(c *conn)                                                 // the connection is new
	hear(c *conn, from transcripts.Party, data []byte, at *origin) // data is lent
	missed(c *conn, from transcripts.Party, octets int64)          // they were not captured
	left(c *conn)                                                  // the client receives nothing of what the server says from here on
	turned(c *conn)                                                // client and server are the other way round than it was thought
	part(c *conn)                                                  // the connection is over, or given up
}

// A conn is one TCP connection. Its halves are indexed by transcripts.Client
// and transcripts.Server: what the one, and what the other has sent.
type conn struct {
	key        key
	highCalls  bool   // the client is the higher end of the key
	stream     uint32 // its number, from 0, as Wireshark counts tcp.stream
	last       origin // its last packet
	begun      bool   // its SYN was captured
	turn       bool   // client and server must be exchanged
	deaf       bool   // nobody listens to what is said any more
	reset      bool   // it was reset
	over       bool   // it was closed; what comes now comes late
	firstClose closing
	stalled    int // packets since something waits for octets that seem to be lost
	halves     [2]half
	opened     origin // its first packet
	talk       talk
}

// closing is who closed a connection first, and with which packet.
type closing struct {
	by  transcripts.Note // zero: nobody yet
	at  origin
	ack int64 // what that side had received of the other: with its end, if the other was first after all
}

// A half is one direction of a connection: a stream of octets, counted from 0.
type half struct {
	base   uint32 // the sequence number of octet 0
	known  bool   // base is known
	next   int64  // the octet to be handed on next
	end    int64  // behind the last octet that was captured
	told   int64  // how much of the other half this side has acknowledged
	heard  int64  // how much of that it had acknowledged before it sent octet next
	hears  int64  // the octet before which it acknowledged all of told
	waived int64  // up to here the other half need not wait for this one
	fin    int64  // where the half ends; -1: not seen yet
	mute   bool   // nothing of it is captured, and nobody waits for it
	queue  []piece
	store  []piece // what queue lies in
	held   int     // octets that queue takes up
	voice  voice
}

// A piece is what one segment brought and what cannot be handed on yet. In a
// queue pieces lie in the order of the stream and do not overlap.
type piece struct {
	off  int64
	data []byte
	lost int   // octets behind data that were not captured
	ack  int64 // what the sender had received of the other half
	origin
}

func (p *piece) end() int64 { return p.off + int64(len(p.data)+p.lost) }

// offset turns a sequence number into a position in the stream: the one that
// is nearest to what comes next.
func (h *half) offset(seq uint32) int64 {
	return h.next + int64(int32(seq-(h.base+uint32(h.next))))
}

// start fixes the sequence number of octet 0.
func (h *half) start(base uint32) {
	h.base, h.known = base, true
}

// reached reports whether the stream was handed on up to octet n, where an end
// counts as one octet, as TCP counts it.
func (h *half) reached(n int64) bool {
	return n <= h.next || n <= h.waived || h.mute || h.fin >= 0 && h.next >= h.fin && n == h.fin+1
}

// ready reports whether the first piece that waits is the one that comes next.
func (h *half) ready() bool { return len(h.queue) > 0 && h.queue[0].off <= h.next }

// done reports whether all of the half was handed on.
func (h *half) done() bool { return h.fin >= 0 && h.next >= h.fin }

// farAhead is how far beyond what was captured an acknowledgement may lie
// before it is taken for damage.
const farAhead = 1 << 24

// take takes what arrives for a connection.
func (a *assembler) take(s *arrival) {
	c := s.conn
	a.moment = s.moment
	if s.forgets {
		a.finish(c)
		c.free()
		return
	}
	at := origin{at: s.at, packet: s.packet}
	if s.begins {
		c.opened = at
		c.open(s)
		a.out.greet(c)
	}
	c.last = at
	if c.over {
		return
	}
	from := c.party(s.fromHigh)
	h, other := &c.halves[from], &c.halves[1-from]
	h.mute = false
	if !h.known {
		h.start(s.seq)
	}
	if s.flags&flagSYN != 0 {
		s.seq++ // SYN counts as one octet
		if h.next == 0 && len(h.queue) == 0 {
			h.start(s.seq)
		}
	}
	p := &a.arrived
	p.off, p.data, p.lost, p.ack, p.origin = h.offset(s.seq), s.data, int(s.lost), h.told, at // quicker than as a whole
	if s.flags&(flagACK|flagRST) == flagACK {
		p.ack = h.acknowledge(other, p.off, s.ack)
	}
	if !c.deaf {
		a.accept(c, from, p, s.flags)
		if c.turn {
			c.exchange()
			a.out.turned(c)
		}
		if c.deaf {
			a.drop(&c.halves[0])
			a.drop(&c.halves[1])
		}
	} else if s.flags&(flagFIN|flagRST) != 0 {
		a.disconnect(c, from, &at)
	}
}

// exchange makes the client the server, and the other way round.
func (c *conn) exchange() {
	c.turn = false
	c.highCalls = !c.highCalls
	c.halves[0], c.halves[1] = c.halves[1], c.halves[0]
	switch c.firstClose.by {
	case transcripts.ClientClosed:
		c.firstClose.by = transcripts.ServerClosed
	case transcripts.ServerClosed:
		c.firstClose.by = transcripts.ClientClosed
	}
}

// acknowledge takes what a segment that begins at octet off says of the other
// half, and returns how much of it had been received.
func (h *half) acknowledge(other *half, off int64, ack uint32) int64 {
	if !other.known {
		other.start(ack)
	}
	n := other.offset(ack)
	if n > other.end+farAhead {
		return h.told
	}
	if n > h.told || n == h.told && off < h.hears {
		h.told, h.hears = n, off
		h.settle()
	} else if off <= h.next {
		h.heard = max(h.heard, n)
	}
	return n
}

// settle notes what had been acknowledged before the octet that comes next.
func (h *half) settle() {
	if h.next >= h.hears {
		h.heard = h.told
	}
}

// accept hands on what a segment brings, or keeps it until its turn comes.
func (a *assembler) accept(c *conn, from transcripts.Party, p *piece, flags byte) {
	h := &c.halves[from]
	end := p.end()
	if flags&(flagFIN|flagRST) != 0 && h.fin < 0 && end >= h.next {
		h.fin = end
	}
	h.end = max(h.end, end)
	switch {
	case end <= h.next: // nothing in it, or all of it was there before
	case from == transcripts.Client && len(h.queue) == 0 && p.off <= h.next && c.halves[transcripts.Server].reached(p.ack):
		a.hand(c, from, p, end)
	default:
		a.keep(c, h, p)
	}
	a.pump(c)
	if flags&(flagFIN|flagRST) != 0 && (c.firstClose.by == 0 || h.fin >= 0 && c.firstClose.ack > h.fin) {
		c.firstClose = closing{closedBy(from), p.origin, p.ack}
	}
	c.reset = c.reset || flags&flagRST != 0
	if h.done() && c.halves[1-from].done() || c.reset && !c.awaits() {
		a.finish(c)
	}
}

// awaits reports whether octets are known to be missing that may only be late.
func (c *conn) awaits() bool {
	for i := range c.halves {
		h, other := &c.halves[i], &c.halves[1-i]
		if missing := max(h.end, other.told, h.fin) - h.next; missing > 1 && missing < farAhead && len(h.queue) == 0 || len(h.queue) > 0 && !h.ready() {
			return true
		}
	}
	return false
}

func closedBy(p transcripts.Party) transcripts.Note {
	if p == transcripts.Client {
		return transcripts.ClientClosed
	}
	return transcripts.ServerClosed
}

// party returns who sends from the higher or the lower end.
func (c *conn) party(fromHigh bool) transcripts.Party {
	if fromHigh == c.highCalls {
		return transcripts.Client
	}
	return transcripts.Server
}

var conns = sync.Pool{New: func() any { return new(conn) }}

// newConn makes a connection of which nothing is known yet.
func newConn(k *key, stream uint32) *conn {
	c := conns.Get().(*conn)
	c.key, c.stream = *k, stream
	for i := range c.halves {
		c.halves[i].fin = -1
	}
	return c
}

// open takes the first segment of a connection, which tells as a rule who the
// client is.
func (c *conn) open(s *arrival) {
	switch {
	case s.flags&(flagSYN|flagACK) == flagSYN:
		c.begun, c.highCalls = true, s.fromHigh
	case s.flags&flagSYN != 0: // the answer to a SYN
		c.begun, c.highCalls = true, !s.fromHigh
	default:
		c.highCalls = c.key.lowPort < c.key.highPort // until it is seen who says what
	}
}

// disconnect ends a connection that nobody listens to.
func (a *assembler) disconnect(c *conn, from transcripts.Party, at *origin) {
	c.firstClose = closing{closedBy(from), *at, 0}
	a.finish(c)
}

// finish hands on what is left and closes the connection. What comes late is
// left alone.
func (a *assembler) finish(c *conn) {
	if c.over {
		return
	}
	c.over = true
	if !c.deaf {
		a.flush(c)
	}
	a.out.part(c)
	for i := range c.halves {
		a.drop(&c.halves[i])
	}
}

// free lets the queues and buffers of a connection serve another one.
func (c *conn) free() {
	*c = conn{halves: [2]half{c.halves[0].emptied(), c.halves[1].emptied()}}
	conns.Put(c)
}

func (h *half) emptied() half {
	var e half
	if cap(h.store) <= 64 {
		e.store = h.store[:0]
		e.queue = e.store
	}
	if cap(h.voice.partial) <= 4<<10 {
		e.voice.partial = h.voice.partial[:0]
	}
	return e
}
