package transcripts

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// How far back zstd may reach, which is how much of it is held: as far as with
// "zstd --long", and inside of another wrapping as far as every decoder must
// support (RFC 8878 §3.1.1.1.2).
const (
	mostWindow  = 128 << 20
	innerWindow = 8 << 20
)

// Unpack takes off what a recording may be wrapped in, judged by its first
// octets: gzip, zstd, a byte order mark, UTF-16. Wrappings may be nested, up
// to a bound. Offsets are those of the octets inside.
func Unpack(src io.Reader) io.Reader {
	inside, _ := Unwrap(src)
	return inside
}

// Unwrap does what Unpack does, and also says what was taken off, the outermost
// first.
func Unwrap(src io.Reader) (io.Reader, []Wrapping) {
	var off []Wrapping
	window := uint64(mostWindow)
	for range 4 {
		in := looks.Get().(*bufio.Reader)
		in.Reset(src)
		head, _ := in.Peek(4)
		w, found := wrapping(head)
		if !found {
			return &unread{in: in, src: src}, off
		}
		off = append(off, w)
		switch w {
		case Gzip:
			src = &lazy{open: func() (io.Reader, error) { return gzip.NewReader(in) }}
		case Zstd:
			most := window
			window = innerWindow
			src = &lazy{open: func() (io.Reader, error) {
				return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(most))
			}}
		default:
			in.Discard(len(marks[w]))
			if w == ByteOrderMark {
				return in, off
			}
			low := 0
			if w == UTF16Big {
				low = 1
			}
			return &utf16Reader{in: in, low: low}, off
		}
	}
	return src, off
}

// wrapping tells by the first octets what a recording is wrapped in.
func wrapping(head []byte) (w Wrapping, found bool) {
	for w, mark := range marks {
		if len(mark) > 0 && bytes.HasPrefix(head, mark) {
			return Wrapping(w), true
		}
	}
	return UTF16Unmarked, len(head) == 4 && head[1] == 0 && head[3] == 0 && head[0] != 0 && head[2] != 0
}

// looks keeps the buffers with which plain recordings are looked at first.
var looks = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4<<10) }}

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
		u.in.Reset(nil)
		looks.Put(u.in)
		u.in = nil
	}
	return u.src.Read(b)
}

// utf16Reader turns UTF-16 into UTF-8.
type utf16Reader struct {
	in   *bufio.Reader
	low  int    // which octet of a pair is the low one
	text []byte // UTF-8, made of one bufferful
	rest []byte // the part of it that did not fit
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

// fill turns what is buffered. Half a character at the end of all is left out.
func (r *utf16Reader) fill() {
	if _, r.err = r.in.Peek(4); r.err != nil && r.err != io.EOF {
		return
	}
	units, _ := r.in.Peek(r.in.Buffered())
	r.text = r.text[:0]
	used := 0
	for ; used+2 <= len(units); used += 2 {
		c := r.unit(units[used:])
		if utf16.IsSurrogate(c) {
			if used+4 > len(units) {
				if r.err == nil {
					break // the other half is not buffered
				}
				return
			}
			used += 2
			c = utf16.DecodeRune(c, r.unit(units[used:]))
		}
		r.text = utf8.AppendRune(r.text, c)
	}
	r.in.Discard(used)
	r.rest = r.text
}

func (r *utf16Reader) unit(pair []byte) rune { return rune(pair[r.low]) | rune(pair[1-r.low])<<8 }
