package transcripts

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// Unpack takes off what a recording may be wrapped in, judged by its first
// octets: gzip, zstd, a byte order mark, UTF-16. Wrappings may be nested, up
// to a bound. Offsets are those of the octets inside.
func Unpack(src io.Reader) io.Reader {
	for range 4 {
		in := bufio.NewReaderSize(src, 4<<10)
		head, _ := in.Peek(4)
		switch {
		case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
			src = &lazy{open: func() (io.Reader, error) { return gzip.NewReader(in) }}
		case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
			src = &lazy{open: func() (io.Reader, error) {
				return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
			}}
		case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
			in.Discard(3)
			return in
		case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
			in.Discard(2)
			return &utf16Reader{in: in, low: 0}
		case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
			in.Discard(2)
			return &utf16Reader{in: in, low: 1}
		case len(head) == 4 && head[1] == 0 && head[3] == 0 && head[0] != 0 && head[2] != 0:
			return &utf16Reader{in: in, low: 0} // little end first, without a mark
		default:
			return &unread{in: in, src: src}
		}
	}
	return src
}

// lazy opens a reader when it is first read from, so that an error of opening
// is one of reading.
type lazy struct {
	open func() (io.Reader, error)
	r    io.Reader
	err  error
}

func (l *lazy) Read(b []byte) (int, error) {
	if l.r == nil && l.err == nil {
		l.r, l.err = l.open()
	}
	if l.err != nil {
		return 0, l.err
	}
	return l.r.Read(b)
}

// unread gives back what was looked at, then reads from the source itself, so
// that a plain recording is read without a second buffer.
type unread struct {
	in  *bufio.Reader
	src io.Reader
}

func (u *unread) Read(b []byte) (int, error) {
	if u.in != nil {
		if n := u.in.Buffered(); n > 0 {
			return u.in.Read(b[:min(len(b), n)])
		}
		u.in = nil
	}
	return u.src.Read(b)
}

// utf16Reader turns UTF-16 into UTF-8.
type utf16Reader struct {
	in   *bufio.Reader
	low  int    // which octet of a pair is the low one
	rest []byte // UTF-8 that did not fit
	err  error
}

func (r *utf16Reader) Read(b []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(b, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *utf16Reader) fill() {
	r.rest = r.rest[:0:0]
	for len(r.rest) < 4<<10 {
		c, ok := r.unit()
		if !ok {
			return
		}
		if utf16.IsSurrogate(c) {
			next, ok := r.unit()
			if !ok {
				return
			}
			c = utf16.DecodeRune(c, next)
		}
		r.rest = utf8.AppendRune(r.rest, c)
	}
}

func (r *utf16Reader) unit() (rune, bool) {
	var pair [2]byte
	if _, r.err = io.ReadFull(r.in, pair[:]); r.err != nil {
		if r.err == io.ErrUnexpectedEOF { // half a unit at the end
			r.err = io.EOF
		}
		return 0, false
	}
	return rune(pair[r.low]) | rune(pair[1-r.low])<<8, true
}
