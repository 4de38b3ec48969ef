package capture

import "github.com/smtplint/smtplint/transcripts"

// Bounds on what waits for its turn.
const (
	patience   = 32      // packets of the connection, when what is missing was acknowledged
	mostPieces = 1 << 12 // of one half
	mostHeld   = 4 << 20 // octets of one half
	mostWaits  = 8 << 20 // octets of all connections of a share
)

// pump hands on all pieces whose turn has come. A piece of the server's waits
// until the client has acknowledged it, so that what the client sent before it
// knew stands before it; a piece of either side waits for what its sender had
// received.
func (a *assembler) pump(c *conn) {
	client, server := &c.halves[transcripts.Client], &c.halves[transcripts.Server]
	for !c.deaf && len(client.queue)+len(server.queue) > 0 {
		heard := client.heard
		if client.ready() {
			heard = max(heard, client.queue[0].ack)
		}
		answers := server.ready() && heard > server.next
		switch {
		case answers && client.reached(server.queue[0].ack):
			a.release(c, transcripts.Server, heard)
		case client.ready() && server.reached(client.queue[0].ack):
			a.release(c, transcripts.Client, client.queue[0].end())
		case client.ready() && answers:
			// Each waits for the other: the client's piece was sent again, when it
			// knew more than the first time, and the first time was not captured.
			a.release(c, transcripts.Client, client.queue[0].end())
		case c.waits() && c.stalled < patience:
			c.stalled++
			return
		case c.waits() && a.giveUp(c):
		default:
			return
		}
		c.stalled = 0
	}
}

// waits reports whether something waits for octets that were acknowledged and
// yet not captured: they may only be late, but then not by much.
func (c *conn) waits() bool {
	client, server := &c.halves[transcripts.Client], &c.halves[transcripts.Server]
	return client.late(server) || server.late(client)
}

// late reports whether a piece of h, the first one, waits for lost octets of
// its own half or of the other one.
func (h *half) late(other *half) bool {
	if len(h.queue) == 0 {
		return false
	}
	p := &h.queue[0]
	return p.off > h.next && other.told >= p.off || !other.reached(p.ack)
}

// giveUp stops waiting for octets that seem to be lost, and reports whether
// that lets something go on.
func (a *assembler) giveUp(c *conn) bool {
	for from := range c.halves {
		h, other := &c.halves[from], &c.halves[1-from]
		if len(h.queue) == 0 {
			continue
		}
		p := &h.queue[0]
		switch {
		case p.off > h.next && other.told >= p.off:
			a.miss(c, transcripts.Party(from), p.off-h.next)
			return true
		case !other.reached(p.ack) && (len(other.queue) == 0 || other.queue[0].off > other.next):
			a.waive(c, transcripts.Party(1-from), p.ack)
			return true
		}
	}
	return false
}

// waive lets others go on without the octets of a half up to n, which may
// still come.
func (a *assembler) waive(c *conn, from transcripts.Party, n int64) {
	h := &c.halves[from]
	if len(h.queue) > 0 && h.queue[0].off <= n {
		a.miss(c, from, h.queue[0].off-h.next)
		return
	}
	if missing := n - max(h.next, h.waived); missing > 1 { // a single one may be an end that was not captured
		a.out.missed(c, from, missing)
	}
	h.waived = n
	h.mute = h.end == 0
}

// miss passes over octets of a half that were not captured.
func (a *assembler) miss(c *conn, from transcripts.Party, n int64) {
	h := &c.halves[from]
	a.out.missed(c, from, h.next+n-max(h.next, min(h.waived, h.next+n)))
	h.next += n
	h.settle()
}

// keep puts a piece in the queue, as far as its octets are not there yet: what
// came first stays, as with most receivers.
func (a *assembler) keep(c *conn, h *half, p *piece) {
	i := len(h.queue)
	for i > 0 && h.queue[i-1].off > p.off {
		i--
	}
	from := max(p.off, h.next)
	if i > 0 {
		from = max(from, h.queue[i-1].end())
	}
	for end := p.end(); from < end; i++ {
		to := end
		if i < len(h.queue) {
			to = min(to, h.queue[i].off)
		}
		if from < to {
			a.insert(h, i, p, from, to)
			i++
		}
		if i == len(h.queue) {
			break
		}
		from = max(from, h.queue[i].end())
	}
	if len(h.queue) >= mostPieces || h.held > mostHeld || a.held > mostWaits {
		a.force(c)
	}
}

// insert puts a copy of the octets of a piece from one position to another at
// place i of a queue.
func (a *assembler) insert(h *half, i int, p *piece, from, to int64) {
	var data []byte
	if last := p.off + int64(len(p.data)); from < last {
		data = a.pool.copy(p.data[from-p.off : min(to, last)-p.off])
	}
	h.queue = append(h.queue, piece{})
	copy(h.queue[i+1:], h.queue[i:])
	q := &h.queue[i]
	q.off, q.data, q.lost, q.ack, q.origin = from, data, int(to-from)-len(data), p.ack, p.origin
	if len(h.queue) == 1 {
		h.store = h.queue
	}
	n := cap(data) + pieceCost
	h.held += n
	a.held += n
}

const pieceCost = 128 // octets that a piece takes up beside its data

// release hands on the first piece of a queue, up to octet limit.
func (a *assembler) release(c *conn, from transcripts.Party, limit int64) {
	h := &c.halves[from]
	p := &h.queue[0]
	a.hand(c, from, p, limit)
	if h.next >= p.end() {
		a.shift(h)
	}
}

// shift drops the first piece of a queue.
func (a *assembler) shift(h *half) {
	p := &h.queue[0]
	n := cap(p.data) + pieceCost
	h.held -= n
	a.held -= n
	a.pool.free(p.data)
	if h.queue = h.queue[1:]; len(h.queue) == 0 {
		h.queue = h.store[:0]
	}
}

// drop empties a queue.
func (a *assembler) drop(h *half) {
	for len(h.queue) > 0 {
		a.shift(h)
	}
}

// hand hands on a piece from the octet on that comes next, up to octet limit.
func (a *assembler) hand(c *conn, from transcripts.Party, p *piece, limit int64) {
	h := &c.halves[from]
	skip := h.next - p.off
	to := min(limit, p.end())
	if data := p.data[min(skip, int64(len(p.data))):min(to-p.off, int64(len(p.data)))]; len(data) > 0 {
		h.next += int64(len(data))
		a.out.hear(c, from, data, &p.origin)
	}
	if missing := to - h.next; missing > 0 {
		a.out.missed(c, from, missing)
		h.next = to
	}
	h.settle()
}

// force hands on what waits in a connection without waiting any longer, one
// gap at a time, until little is held.
func (a *assembler) force(c *conn) {
	for !c.deaf && len(c.halves[0].queue)+len(c.halves[1].queue) > 0 {
		a.pump(c)
		client, server := &c.halves[transcripts.Client], &c.halves[transcripts.Server]
		switch {
		case a.giveUp(c):
		case len(client.queue) > 0 && !client.ready():
			a.miss(c, transcripts.Client, client.queue[0].off-client.next)
		case len(server.queue) > 0 && !server.ready():
			a.miss(c, transcripts.Server, server.queue[0].off-server.next)
		case len(server.queue) > 0:
			a.release(c, transcripts.Server, server.queue[0].end())
		default:
			return
		}
	}
}

// cutOff drops what lies behind the end of a half: its number is damaged.
func (a *assembler) cutOff(h *half) {
	for h.fin >= 0 && len(h.queue) > 0 && h.queue[0].off >= h.fin {
		a.shift(h)
	}
}

// flush hands on all that is left when a connection ends. What the client has
// not acknowledged and never will, it did not receive.
func (a *assembler) flush(c *conn) {
	a.pump(c)
	for !c.deaf && a.giveUp(c) {
		a.pump(c)
	}
	for i := range c.halves {
		a.cutOff(&c.halves[i])
	}
	client, server := &c.halves[transcripts.Client], &c.halves[transcripts.Server]
	if len(server.queue) > 0 && server.queue[0].end() > client.told && c.firstClose.by == transcripts.ClientClosed {
		a.out.left(c)
	}
	a.force(c)
}
