package transcripts

import (
	"cmp"
	"slices"
	"sync"
)

// A Split reads a recording of many conversations. It deals them out to shares,
// which know nothing of each other, so that they may be read at the same time.
type Split interface {
	// Tell tells all shares all of the recording in the order of time, until
	// stop, and returns the error that ended it, if it was one.
	Tell(stop func() bool) error

	// Next reads on without that. It returns nil at the end of the recording, with
	// the error that ended it.
	Next() (Stretch, error)

	// Moment tells where in the recording a share has come to. What happens in
	// different shares has different moments.
	Moment(share int) uint64

	Close()
}

// A Stretch is a part of a recording. Each share is told its own once. A share
// is told one stretch after the other, different ones may be told at the same
// time.
type Stretch interface {
	Tell(share int)
	Done() // all shares were told
}

// numShares is the same with one processor as with many, so that what is found
// is the same, too.
const numShares = 2

// A share sorts the lines of its conversations into sessions.
type share struct {
	*reader
	ended []*dialogue // in the stretch at hand

	mu    sync.Mutex
	spare []*dialogue // handed over and free again, the one at the end last
}

type sharing struct {
	src     Split
	shares  [numShares]share
	yield   func(*Session, error) bool
	inTurn  bool // sessions are handed over as soon as they end
	stopped bool // no more sessions are wanted
}

// spareSessions is how many sessions a share keeps for those to come.
const spareSessions = 64

// split yields the sessions of a recording that is read in shares: at the same
// time, if that is asked for.
func (r *Recording) split(f *Format, hints Hints, atOnce bool, yield func(*Session, error) bool) {
	s := &sharing{yield: yield}
	sinks := make([]Sink, numShares)
	for n := range s.shares {
		sinks[n] = s.begin(n, f, hints)
	}
	s.src = f.Split(r.in, hints, sinks)
	defer s.src.Close()
	var err error
	if atOnce {
		err = s.tellAtOnce()
	} else {
		s.inTurn = true
		err = s.src.Tell(func() bool { return s.stopped })
		s.inTurn = false
	}
	s.finish()
	if err != nil && !s.stopped {
		yield(nil, err)
	}
}

// begin prepares a share and returns what takes its lines.
func (s *sharing) begin(n int, f *Format, hints Hints) Sink {
	h := &s.shares[n]
	if hints.Held == 0 {
		hints.Held = defaultHeld
	}
	hints.Held = max(1, hints.Held/numShares)
	h.reader = newReader(f, hints)
	h.deliver = func(d *dialogue) bool {
		if s.inTurn {
			return s.handOne(h, d)
		}
		d.moment = s.src.Moment(n)
		h.ended = append(h.ended, d)
		return true
	}
	h.fresh = h.takeSpare
	return h.reader
}

// takeSpare returns the session that was free last, which the caches of the
// processor may still hold, or nil.
func (h *share) takeSpare() *dialogue {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := len(h.spare)
	if n == 0 {
		return nil
	}
	d := h.spare[n-1]
	h.spare = h.spare[:n-1]
	return d
}

func (h *share) keepSpare(d *dialogue) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if d.size() < smallSize && len(h.spare) < spareSessions {
		h.spare = append(h.spare, d)
	}
}

// told returns the sessions that have ended in a stretch.
func (h *share) told(n int, stretch Stretch) []*dialogue {
	h.ended = nil
	stretch.Tell(n)
	return h.ended
}

func (s *sharing) tellAtOnce() error {
	stop := make(chan struct{})
	var work sync.WaitGroup
	end := sync.OnceFunc(func() { close(stop); work.Wait() })
	defer end()
	var stretches [numShares + 1]chan Stretch // the last ones tell their order
	var ended [numShares]chan []*dialogue
	for n := range stretches {
		stretches[n] = make(chan Stretch, 1)
	}
	for n := range ended {
		ended[n] = make(chan []*dialogue, 1)
		work.Go(func() {
			for stretch := range stretches[n] {
				select {
				case ended[n] <- s.shares[n].told(n, stretch):
				case <-stop:
					return
				}
			}
		})
	}
	var err error
	work.Go(func() { err = deal(s.src, stretches[:], stop) })
	for stretch := range stretches[numShares] {
		var all [numShares][]*dialogue
		for n := range ended {
			all[n] = <-ended[n]
		}
		stretch.Done()
		if !s.hand(&all) {
			break
		}
	}
	end()
	return err
}

// deal reads stretches and sends each to all.
func deal(src Split, all []chan Stretch, stop chan struct{}) error {
	defer func() {
		for _, to := range all {
			close(to)
		}
	}()
	for {
		stretch, err := src.Next()
		if stretch == nil {
			return err
		}
		for _, to := range all {
			select {
			case to <- stretch:
			case <-stop:
				return nil
			}
		}
	}
}

// hand hands over the sessions that have ended in a stretch, in the order of
// their ends, and reports whether more are wanted.
func (s *sharing) hand(ended *[numShares][]*dialogue) bool {
	for {
		first := -1
		for n := range ended {
			if len(ended[n]) > 0 && (first < 0 || ended[n][0].moment < ended[first][0].moment) {
				first = n
			}
		}
		if first < 0 {
			return true
		}
		d := ended[first][0]
		ended[first] = ended[first][1:]
		if !s.handOne(&s.shares[first], d) {
			return false
		}
	}
}

func (s *sharing) handOne(h *share, d *dialogue) bool {
	if !s.stopped {
		s.stopped = !s.yield(&d.Session, nil)
	}
	h.keepSpare(d)
	return !s.stopped
}

// finish ends the sessions that the recording has left open, in the order in
// which they were last heard.
func (s *sharing) finish() {
	var left []*dialogue
	for n := range s.shares {
		h := &s.shares[n]
		h.ended, h.stopped = nil, s.stopped
		h.reader.finish()
		left = append(left, h.ended...)
	}
	slices.SortStableFunc(left, func(a, b *dialogue) int { return cmp.Compare(a.End.Packet, b.End.Packet) })
	for _, d := range left {
		if s.stopped = s.stopped || !s.yield(&d.Session, nil); s.stopped {
			return
		}
	}
}
