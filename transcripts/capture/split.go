package capture

import (
	"bytes"
	"io"

	"github.com/smtplint/smtplint/transcripts"
)

// A splitter takes the segments out of a capture, finds the connection of each,
// and deals the connections out to shares, which put together what is said.
type splitter struct {
	src       *source
	file      frames
	frame     frame
	segment   segment
	fragments fragments
	flows     flows
	shares    []*assembler
	moment    uint64   // arrivals so far
	stretch   *stretch // what lies in the buffer of src
	full      *stretch // what has lain in another one
	spare     chan *stretch
	inTurn    bool // what arrives is told at once, without a stretch
	over      bool // the capture is
	err       error
}

const spareStretches = 8

// An arrival is what a share is told: a segment, or that a connection is
// forgotten.
type arrival struct {
	conn     *conn
	moment   uint64
	at       transcripts.Instant
	data     []byte
	packet   uint32
	seq, ack uint32
	lost     int32 // octets of data behind data that were not captured
	flags    byte
	fromHigh bool // the higher end of the connection has sent it
	begins   bool // it is the first one of the connection
	forgets  bool // nothing more comes of the connection
}

// A stretch is what arrives in one buffer.
type stretch struct {
	splitter *splitter
	buf      []byte
	arrivals [][]arrival // by share
}

func newSplitter(in io.Reader, shares ...*assembler) *splitter {
	s := &splitter{shares: shares, spare: make(chan *stretch, spareStretches)}
	s.begin()
	s.src = &source{in: in, buf: s.stretch.buf, replace: s.replace}
	s.flows = newFlows(s.forget)
	s.file, s.err = framesOf(s.src)
	s.over = s.err != nil
	return s
}

// Close lets the memory be used again.
func (s *splitter) Close() {
	if s.stretch != nil { // it was not told
		freeBuffer(s.stretch.buf)
	}
	for len(s.spare) > 0 {
		freeBuffer((<-s.spare).buf)
	}
}

// Moment makes a splitter a transcripts.Split.
func (s *splitter) Moment(share int) uint64 { return s.shares[share].moment }

// Tell makes a splitter a transcripts.Split.
func (s *splitter) Tell(stop func() bool) error {
	s.inTurn = true
	for !s.over && !stop() {
		s.read()
	}
	return s.err
}

// Next makes a splitter a transcripts.Split.
func (s *splitter) Next() (transcripts.Stretch, error) {
	for s.full == nil && !s.over {
		s.read()
	}
	next := s.full
	if s.full = nil; next == nil {
		next, s.stretch = s.stretch, nil
	}
	if next == nil {
		return nil, s.err
	}
	return next, nil
}

// read takes the next frame.
func (s *splitter) read() {
	more, err := s.file.next(&s.frame)
	if !more {
		s.over, s.err = true, err
		s.flows.end()
		return
	}
	if s.fragments.find(&s.frame, &s.segment) {
		s.add(&s.segment)
	}
}

func (s *splitter) add(g *segment) {
	var f *flow
	f, g.fromHigh, g.begins = s.flows.find(g)
	if g.shared && !s.inTurn {
		g.data = bytes.Clone(g.data)
	}
	s.tell(f, &g.arrival)
}

// forget tells the share of a connection that nothing more comes.
func (s *splitter) forget(f *flow) { s.tell(f, &arrival{forgets: true}) }

// tell tells the share of a connection what has arrived, now or with the
// stretch.
func (s *splitter) tell(f *flow, a *arrival) {
	s.moment++
	a.conn, a.moment = f.conn, s.moment
	share := f.stream % uint32(len(s.shares))
	if s.inTurn {
		s.shares[share].take(a)
		return
	}
	all := &s.stretch.arrivals[share]
	n := len(*all)
	if n < cap(*all) {
		*all = (*all)[:n+1]
	} else {
		*all = append(*all, arrival{})
	}
	to := &(*all)[n] // one number after the other, which is quicker than all at once
	to.conn, to.moment, to.at, to.data, to.packet = a.conn, a.moment, a.at, a.data, a.packet
	to.seq, to.ack, to.lost, to.flags = a.seq, a.ack, a.lost, a.flags
	to.fromHigh, to.begins, to.forgets = a.fromHigh, a.begins, a.forgets
}

// begin begins a stretch, with a buffer of its own.
func (s *splitter) begin() {
	select {
	case s.stretch = <-s.spare:
	default:
		s.stretch = &stretch{splitter: s, buf: newBuffer(), arrivals: make([][]arrival, len(s.shares))}
	}
}

// replace gives another buffer for one that octets were taken from, unless
// nothing has arrived in it.
func (s *splitter) replace(buf []byte) []byte {
	for _, arrivals := range s.stretch.arrivals { // none where all is told in turn
		if len(arrivals) > 0 {
			s.full = s.stretch
			s.begin()
			return s.stretch.buf
		}
	}
	return buf
}

// Tell makes a stretch a transcripts.Stretch.
func (s *stretch) Tell(share int) {
	a := s.splitter.shares[share]
	for i := range s.arrivals[share] {
		a.take(&s.arrivals[share][i])
	}
}

// Done makes a stretch a transcripts.Stretch.
func (s *stretch) Done() {
	for i := range s.arrivals {
		s.arrivals[i] = s.arrivals[i][:0]
	}
	select {
	case s.splitter.spare <- s:
	default:
	}
}
