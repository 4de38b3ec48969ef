package transcripts

import "iter"

// handover reads sessions in a goroutine of its own while the ones before are
// being looked at. What is on its way between the two is bounded, in number
// and in memory.
type handover struct {
	ready  chan *dialogue
	spare  chan *dialogue
	budget chan struct{} // a place for each MiB that is on its way
	stop   chan struct{}
	err    error // of reading, once ready is closed
}

const (
	onTheirWay = 16
	mebibytes  = 24
)

// Ahead yields what Sessions does, reading in another goroutine: for large
// recordings, where a processor is free for it.
func (r *Recording) Ahead(f *Format, hints Hints) iter.Seq2[*Session, error] {
	return func(yield func(*Session, error) bool) {
		if f.Split != nil {
			r.split(f, hints, true, yield)
			return
		}
		h := &handover{
			ready: make(chan *dialogue, onTheirWay), spare: make(chan *dialogue, onTheirWay+2),
			budget: make(chan struct{}, mebibytes), stop: make(chan struct{}),
		}
		if f.Read == nil {
			r.in.ahead = readAhead(r.in.src)
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			h.read(r.in, f, hints)
		}()
		// The recording must not be released while it is still read from.
		defer func() { close(h.stop); <-done }()
		for d := range h.ready {
			more := yield(&d.Session, nil)
			h.refund(d)
			if !more {
				return
			}
		}
		if h.err != nil {
			yield(nil, h.err)
		}
	}
}

func (h *handover) read(in *lineReader, f *Format, hints Hints) {
	defer close(h.ready)
	sort := newReader(f, hints)
	sort.deliver, sort.fresh = h.send, h.fresh
	h.err = decode(in, f, hints, sort.gather, sort)
	if !sort.stopped {
		sort.finish()
	}
}

// send hands a session over, and reports whether more are wanted.
func (h *handover) send(d *dialogue) bool {
	d.weight = min(d.size()>>20, mebibytes)
	for range d.weight {
		select {
		case h.budget <- struct{}{}:
		case <-h.stop:
			return false
		}
	}
	select {
	case h.ready <- d:
		return true
	case <-h.stop:
		return false
	}
}

// refund takes a session back for the next one.
func (h *handover) refund(d *dialogue) {
	for range d.weight {
		<-h.budget
	}
	if d.weight > 0 {
		return // what has grown large is not kept
	}
	select {
	case h.spare <- d:
	default:
	}
}

// fresh returns a dialogue that is no longer in use, or nil.
func (h *handover) fresh() *dialogue {
	select {
	case d := <-h.spare:
		return d
	default:
		return nil
	}
}
