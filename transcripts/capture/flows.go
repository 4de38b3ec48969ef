package capture

import (
	"cmp"
	"slices"
)

// flows tells connections from each other: by their two ends, and where these
// open another connection, by its first packet. Those that have ended stay
// known for a while, so that what comes late is not taken for another one.
type flows struct {
	table
	forget  func(*flow) // is told which ones are known no more
	ended   []*flow     // and still known, the one that ended first comes first
	streams uint32      // connections so far
}

// A flow is a connection as it is told from others.
type flow struct {
	key    key
	stream uint32 // its number, from 0, as Wireshark counts tcp.stream
	latest uint32 // number of its last packet
	ends   [2]flowEnd
	ended  bool // both ends have closed it, or it was reset
	conn   *conn
}

// flowEnd is what is known of the lower or the higher end of a flow.
type flowEnd struct {
	base   uint32 // the sequence number of its octet 0
	known  bool   // base is known
	closed bool
}

// Bounds on the flows that are known. Beyond the first, those that were silent
// for longest are given up.
const (
	mostFlows = 1 << 15
	mostEnded = 1 << 11
)

func newFlows(forget func(*flow)) flows { return flows{table: newTable(), forget: forget} }

// find returns the flow of a segment, and whether its higher end has sent it.
func (t *flows) find(s *segment) (f *flow, fromHigh, begins bool) {
	var k key
	fromHigh = k.fill(s)
	f = t.table.find(&k)
	side := 0
	if fromHigh {
		side = 1
	}
	if f != nil && s.flags&flagSYN != 0 && f.anew(s, side) {
		t.drop(f)
		f = nil
	}
	if begins = f == nil; begins {
		f = t.begin(&k)
	}
	f.latest = s.packet
	f.note(s, side)
	if s.flags&(flagFIN|flagRST) != 0 {
		t.close(f, s, side)
	}
	return f, fromHigh, begins
}

// anew reports whether a SYN opens another connection between the same two
// ends, rather than being sent again.
func (f *flow) anew(s *segment, side int) bool {
	e := &f.ends[side]
	return e.known && e.base != s.seq+1 && (s.flags&flagACK == 0 || f.ended)
}

// note takes what a segment shows of where the two streams begin.
func (f *flow) note(s *segment, side int) {
	if e := &f.ends[side]; !e.known {
		e.base, e.known = s.seq, true
		if s.flags&flagSYN != 0 {
			e.base++ // SYN counts as one octet
		}
	}
	if e := &f.ends[1-side]; !e.known && s.flags&(flagACK|flagRST) == flagACK {
		e.base, e.known = s.ack, true
	}
}

// close takes a segment that ends a stream, or both.
func (t *flows) close(f *flow, s *segment, side int) {
	f.ends[side].closed = true
	if f.ended || !f.ends[1-side].closed && s.flags&flagRST == 0 {
		return
	}
	f.ended = true
	if t.ended = append(t.ended, f); len(t.ended) < mostEnded {
		return
	}
	for _, old := range t.ended[:mostEnded/2] {
		if t.table.find(&old.key) == old {
			t.drop(old)
		}
	}
	t.ended = t.ended[:copy(t.ended, t.ended[mostEnded/2:])]
}

// begin begins to follow a connection.
func (t *flows) begin(k *key) *flow {
	if t.count >= mostFlows {
		all := t.all()
		t.give(all[:len(all)/4])
	}
	f := &flow{key: *k, stream: t.streams, conn: newConn(k, t.streams)}
	t.streams++
	t.add(f)
	return f
}

// drop makes room for another flow.
func (t *flows) drop(f *flow) {
	t.remove(f)
	t.forget(f)
}

// end gives up all that are left at the end of the capture.
func (t *flows) end() { t.give(t.all()) }

func (t *flows) give(up []*flow) {
	for _, f := range up {
		t.drop(f)
	}
}

// all lists the flows, the one that was silent for longest first.
func (t *flows) all() []*flow {
	all := make([]*flow, 0, t.count)
	for _, s := range t.slots {
		if s.flow != nil {
			all = append(all, s.flow)
		}
	}
	slices.SortFunc(all, func(a, b *flow) int {
		return cmp.Or(cmp.Compare(a.latest, b.latest), cmp.Compare(a.stream, b.stream))
	})
	return all
}
