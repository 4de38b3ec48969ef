package transcripts

import "unsafe"

// Memory is bounded: where unfinished sessions hold more than they may, those
// that were silent for longest are cut, and at last the one that is heard.
// What is cut between two mail transactions goes on as another session, without
// a beginning. Of one that is cut elsewhere the rest is passed over, as nothing
// could be said for sure about it.

// Sums are made after so many octets of conversation at most. A line counts for more
// than its text, as it leaves more behind.
const (
	boundEvery = 1 << 20
	lineCost   = 256
)

// mostTorn bounds the memory for connections that were cut and have not been
// heard of since, in octets.
const mostTorn = 24 << 20

// tornLeft is what is known of a connection whose session was cut.
type tornLeft struct {
	settled bool // nothing was under way
	opened  bool // the recorder has said that it was opened
	awaited bool // a reply of 220 is no greeting: the client has asked for it
}

// heardOf notes that a line came on a connection.
func (r *reader) heardOf(c *connection, octets int) {
	if r.newest != c {
		r.unlink(c)
		c.older = r.newest
		if r.newest != nil {
			r.newest.newer = c
		} else {
			r.oldest = c
		}
		r.newest = c
	}
	c.round = r.round
	if r.due -= lineCost + octets; r.due <= 0 {
		r.bound()
	}
}

// unlink takes a connection out of the order in which they were heard of.
func (r *reader) unlink(c *connection) {
	switch {
	case c.older != nil:
		c.older.newer = c.newer
	case r.oldest == c:
		r.oldest = c.newer
	}
	switch {
	case c.newer != nil:
		c.newer.older = c.older
	case r.newest == c:
		r.newest = c.older
	}
	c.older, c.newer = nil, nil
}

// bound cuts sessions as long as more is held than may be.
func (r *reader) bound() {
	for c := r.newest; c != nil && c.round == r.round; c = c.older {
		r.weigh(c, c.size())
	}
	r.round++
	r.due = min(boundEvery, r.hints.Held/16)
	for c := r.oldest; c != nil && r.held > r.hints.Held && !r.stopped; {
		r.hear(c)
		if c == r.newest && !c.d.settled() && r.held < r.hints.Held+r.hints.Held/2 {
			r.due = 0 // it may come to rest with the next line
			return
		}
		newer := c.newer
		r.cut(c)
		c = newer
	}
}

// size estimates what a connection with a session holds, in octets.
func (c *connection) size() int {
	n := len(c.name) + int(unsafe.Sizeof(*c)) + len(c.kept.lines)*int(unsafe.Sizeof(gathered{})) + len(c.kept.text)
	if c.d == nil {
		return n + leastSize
	}
	return n + c.d.size()
}

func (r *reader) weigh(c *connection, octets int) {
	r.held += octets - c.weight
	c.weight = octets
}

// cut ends the session of a connection before its time.
func (r *reader) cut(c *connection) {
	d := c.d
	if d.state.Closing || d.Ended != Comment {
		r.end(c)
		r.forget(c)
		return
	}
	c.left = tornLeft{settled: d.settled(), opened: d.opened}
	d.facts.grants &^= Closing
	d.cut, d.Abandoned = true, !c.left.settled
	d.missing = d.missing || d.Abandoned
	c.torn = true
	if verb := d.newest(); verb == STARTTLS || verb == XCLIENT {
		c.left.awaited = true
	}
	r.end(c)
	if c.name == "" {
		return
	}
	size := int(unsafe.Sizeof(*c)) + len(c.name)
	r.tornSize += size
	r.torn = append(r.torn, tornName{c, size})
	for r.tornSize > mostTorn {
		oldest := r.torn[0]
		r.torn = r.torn[1:]
		r.tornSize -= oldest.size
		if oldest.c.d == nil && len(oldest.c.kept.lines) == 0 {
			r.forget(oldest.c)
		}
	}
}

// tornName is a connection that was cut, and what it occupied then.
type tornName struct {
	c    *connection
	size int
}

// forget drops a connection that has no session.
func (r *reader) forget(c *connection) {
	if r.name = append(r.name[:0], c.name...); r.byConn.Get(r.name) == c {
		r.byConn.Delete(r.name)
	}
}

// passes reports whether a line that follows a cut session is passed over.
func (c *connection) passes(l *Line) bool {
	switch {
	case l.From == Recorder:
		if l.Note == Opened {
			c.torn = false
		}
		return !c.left.settled && c.torn
	case l.From == Client:
		verb, _ := parseVerb(l.Text)
		c.left.awaited = verb == STARTTLS || verb == XCLIENT
	case !c.left.awaited:
		if code, _, _ := parseReplyLine(l.Text); code == 220 {
			c.torn = false // another session begins
		}
	}
	return !c.left.settled && c.torn
}

// resume lets a session go on where one was cut.
func (d *dialogue) resume(left *tornLeft) {
	d.facts.grants &^= Opening
	d.cut, d.greeted, d.opened = true, true, left.opened
	d.state.Secure = Maybe
}

// newest returns the verb of the last command that waits for a reply.
func (d *dialogue) newest() Verb {
	if d.await.len() == 0 {
		return NoVerb
	}
	return d.Exchanges[d.await.all()[d.await.len()-1]].Command.Verb
}

// settled reports whether the session could be cut without a loss: the client
// is to speak, and all that it said was answered.
func (d *dialogue) settled() bool {
	return d.mode == inCommands && d.await.len() == 0 && !d.open.Recorded() && d.prompt < 0 && d.lines[Client] > 0 &&
		d.state.Mail == 0 && !d.state.Adrift && !d.torn && !d.swapped && !d.proxied
}

// size estimates the memory that the session holds, in octets, from what is in
// it: sessions are cut at the same place however much an earlier one had grown.
func (d *dialogue) size() int {
	n := leastSize + d.arena.kept + len(d.content.text) + d.await.len()*int(unsafe.Sizeof(0))
	n += len(d.Exchanges)*int(unsafe.Sizeof(Exchange{})) + len(d.Faults)*int(unsafe.Sizeof(Fault{}))
	n += len(d.Remarks)*int(unsafe.Sizeof(Remark{})) + len(d.Asked)*int(unsafe.Sizeof(Directive{}))
	n += d.replied*int(unsafe.Sizeof(ReplyLine{})+unsafe.Sizeof(Reply{})) + len(d.open.Lines)*int(unsafe.Sizeof(ReplyLine{}))
	for ; d.weighed < d.bodiesOut-2; d.weighed++ { // the last two may still grow
		d.weighedSize += d.bodies[d.weighed].size()
	}
	n += d.weighedSize
	for _, b := range d.bodies[d.weighed:d.bodiesOut] {
		n += b.size()
	}
	return n
}

// leastSize is about what a session of a few lines holds.
const leastSize = 3 << 10

func (b *Body) size() int {
	mark := int(unsafe.Sizeof(Mark{}) + marksKept*unsafe.Sizeof(Span{}))
	return int(unsafe.Sizeof(*b)) + len(b.header) + len(b.Marks)*mark
}
