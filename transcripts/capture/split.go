package capture

import (
	"bytes"
	"io"
	"sync"

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
	over      bool     // the capture is
	err       error
}

// An arrival is what a share is told: a segment, or that a connection is
// forgotten.
type arrival struct {
	conn     *conn
	moment   uint64
	data     []byte
	lost     int // octets of data behind data that were not captured
	seq, ack uint32
	flags    byte
	fromHigh bool // the higher end of the connection has sent it
	begins   bool // it is the first one of the connection
	forgets  bool // nothing more comes of the connection
	origin
}

// A stretch is what arrives in one buffer.
type stretch struct {
	splitter *splitter
	buf      []byte
	arrivals [][]arrival // by share
}

var stretches = sync.Pool{New: func() any { return new(stretch) }}

func newSplitter(in io.Reader, shares ...*assembler) *splitter {
	s := &splitter{src: newSource(in), shares: shares}
	s.begin()
	s.src.replace = s.replace
	s.flows = newFlows(s.forget)
	s.file, s.err = framesOf(s.src)
	s.over = s.err != nil
	return s
}

// Close lets the memory be used again.
func (s *splitter) Close() { s.src.release() }

// Moment makes a splitter a transcripts.Split.
func (s *splitter) Moment(share int) uint64 { return s.shares[share].moment }

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
	f, fromHigh, begins := s.flows.find(g)
	a := s.arrival(f)
	a.data, a.lost, a.seq, a.ack, a.flags = g.data, g.lost, g.seq, g.ack, g.flags
	a.fromHigh, a.begins, a.forgets = fromHigh, begins, false
	a.at, a.packet, a.lines = g.at, g.packet, 0
	if g.shared {
		a.data = bytes.Clone(g.data)
	}
}

// forget tells the share of a connection that nothing more comes.
func (s *splitter) forget(f *flow) {
	a := s.arrival(f)
	*a = arrival{conn: a.conn, moment: a.moment, forgets: true}
}

// arrival makes room for what the share of a connection is told next.
func (s *splitter) arrival(f *flow) *arrival {
	all := &s.stretch.arrivals[f.stream%uint32(len(s.shares))]
	if len(*all) == cap(*all) {
		*all = append(*all, arrival{})
	} else {
		*all = (*all)[:len(*all)+1]
	}
	a := &(*all)[len(*all)-1]
	s.moment++
	a.conn, a.moment = f.conn, s.moment
	return a
}

// begin makes room for a stretch.
func (s *splitter) begin() {
	s.stretch = stretches.Get().(*stretch)
	s.stretch.splitter = s
	for len(s.stretch.arrivals) < len(s.shares) {
		s.stretch.arrivals = append(s.stretch.arrivals, nil)
	}
}

// replace gives another buffer for one that octets were taken from.
func (s *splitter) replace(buf []byte) []byte {
	for _, arrivals := range s.stretch.arrivals {
		if len(arrivals) > 0 {
			s.full = s.stretch
			s.full.buf = buf
			s.begin()
			return newBuffer()
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
	if s.buf != nil {
		freeBuffer(s.buf)
	}
	for i := range s.arrivals {
		s.arrivals[i] = s.arrivals[i][:0]
	}
	s.splitter, s.buf = nil, nil
	stretches.Put(s)
}

// tell tells all shares all of the capture, until it is told to stop.
func (s *splitter) tell(stop func() bool) error {
	for !stop() {
		st, err := s.Next()
		if st == nil {
			return err
		}
		for share := range s.shares {
			st.Tell(share)
		}
		st.Done()
	}
	return nil
}
