package capture

import (
	"errors"
	"io"
	"sync"
)

// source reads a file through one buffer that is reused.
type source struct {
	in   io.Reader
	buf  []byte
	r, w int   // what is still to be taken lies in buf[r:w]
	err  error // of in, once its last octets are in buf

	// replace, where it is set, is asked for another buffer before what was taken
	// from one is overwritten. It may return the same.
	replace func(buf []byte) []byte
}

// bufferSize is also the bound on a record: libpcap lets none be longer than 256
// KiB.
const bufferSize = 384 << 10

var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

func newBuffer() []byte { return buffers.Get().(*[bufferSize]byte)[:] }

func freeBuffer(b []byte) { buffers.Put((*[bufferSize]byte)(b)) }

func newSource(in io.Reader) *source { return &source{in: in, buf: newBuffer()} }

func (s *source) release() { freeBuffer(s.buf) }

// see returns the next n octets, nil where the file has fewer. They are valid
// until the next call.
func (s *source) see(n int) []byte {
	if s.w-s.r < n && !s.fill(n) {
		return nil
	}
	return s.buf[s.r : s.r+n]
}

func (s *source) fill(n int) bool {
	if n > len(s.buf) {
		return false
	}
	buf := s.buf
	if s.replace != nil && s.r > 0 {
		buf = s.replace(buf)
	}
	s.w = copy(buf, s.buf[s.r:s.w])
	s.buf, s.r = buf, 0
	for tries := 0; s.w < n && s.err == nil; tries++ {
		k, err := s.in.Read(s.buf[s.w:])
		s.w += k
		s.err = err
		if k > 0 {
			tries = 0
		} else if tries == 100 && err == nil {
			s.err = io.ErrNoProgress
		}
	}
	return s.w >= n
}

// take moves on by n octets, which see has returned.
func (s *source) take(n int) { s.r += n }

// skip moves on by n octets, whatever they are, and reports whether the file
// has so many.
func (s *source) skip(n int64) bool {
	for n > 0 {
		if s.r == s.w && !s.fill(1) {
			return false
		}
		k := int(min(n, int64(s.w-s.r)))
		s.take(k)
		n -= int64(k)
	}
	return true
}

// fault returns the error of the file, nil at its end. A file that ends within
// a record is a capture that was stopped, which is nothing unusual.
func (s *source) fault() error {
	if errors.Is(s.err, io.EOF) {
		return nil
	}
	return s.err
}
