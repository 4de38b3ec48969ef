package report

import (
	"io"
	"strconv"
)

// A sink gathers output and hands it on in large pieces. Behind an error it
// takes no more.
type sink struct {
	out io.Writer
	b   []byte
	err error
}

// sinkSize is how many octets a sink gathers.
const sinkSize = 32 << 10

func (s *sink) str(text string) { s.b = append(s.b, text...) }

func (s *sink) num(n int64) { s.b = strconv.AppendInt(s.b, n, 10) }

func (s *sink) spaces(n int) {
	for range n {
		s.b = append(s.b, ' ')
	}
}

// settle hands on what was gathered once it is much.
func (s *sink) settle() error {
	if len(s.b) >= sinkSize {
		return s.flush()
	}
	return s.err
}

// flush hands on what was gathered.
func (s *sink) flush() error {
	if s.err == nil && len(s.b) > 0 {
		_, s.err = s.out.Write(s.b)
	}
	s.b = s.b[:0]
	return s.err
}
