package transcripts

import "io"

// ahead reads a source one block before it is needed, in a goroutine of its
// own. Blocks have room in front of what was read, so that the unfinished line
// of the block before can be put there and lines stay in one piece.
type ahead struct {
	ready chan aheadBlock
	free  chan []byte
	stop  chan struct{}
}

type aheadBlock struct {
	buf []byte
	n   int // octets behind the room
	err error
}

const (
	aheadRoom   = longestLine
	aheadBlocks = 3 // one is read into, one waits, one is in use
)

func readAhead(src io.Reader) *ahead {
	a := &ahead{ready: make(chan aheadBlock, 1), free: make(chan []byte, aheadBlocks), stop: make(chan struct{})}
	for range aheadBlocks {
		a.free <- make([]byte, aheadRoom+readBuffer)
	}
	go a.run(src)
	return a
}

func (a *ahead) run(src io.Reader) {
	for {
		var b aheadBlock
		select {
		case b.buf = <-a.free:
		case <-a.stop:
			return
		}
		b.n, b.err = readSome(src, b.buf[aheadRoom:])
		select {
		case a.ready <- b:
		case <-a.stop:
			return
		}
		if b.err != nil {
			return
		}
	}
}

// next gives back a block and returns the one behind it, with rest put before
// what was read.
func (a *ahead) next(done, rest []byte) (buf []byte, start, end int, err error) {
	b := <-a.ready
	start = aheadRoom - len(rest)
	copy(b.buf[start:], rest)
	if len(done) == aheadRoom+readBuffer {
		a.free <- done
	}
	return b.buf, start, aheadRoom + b.n, b.err
}

// readSome reads at least one octet, unless there is an error.
func readSome(src io.Reader, b []byte) (int, error) {
	for range 100 {
		if n, err := src.Read(b); n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}
