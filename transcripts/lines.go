package transcripts

import (
	"bytes"
	"io"
	"sync"
)

// lineReader cuts a recording into its physical lines. It reads into one
// buffer that is reused; a line is a slice of it.
type lineReader struct {
	src   io.Reader
	ahead *ahead // reads src, where it is read ahead
	buf   []byte
	start int // of what is not yet handed out
	end   int
	err   error // of src, once its last octets are in buf
	raw   Raw
	next  Span // where the next line starts
}

const (
	readBuffer  = 512 << 10
	longestLine = 256 << 10 // longer ones are handed out cut or in pieces
)

// buffers keeps read buffers for the next recording.
var buffers = sync.Pool{New: func() any { return new([readBuffer]byte) }}

func newLineReader(src io.Reader) *lineReader {
	return &lineReader{src: src, buf: buffers.Get().(*[readBuffer]byte)[:], next: Span{Line: 1, Column: 1}}
}

func (r *lineReader) release() {
	if r.ahead != nil {
		close(r.ahead.stop)
		r.ahead = nil
	}
	if len(r.buf) == readBuffer {
		buffers.Put((*[readBuffer]byte)(r.buf))
	}
	r.buf, r.start, r.end = nil, 0, 0
}

// line returns the next line. ok is false at the end of the recording; whether
// that came from an error is in r.err. last is false where the line goes on: a
// piece of it was returned.
func (r *lineReader) line() (raw *Raw, last, ok bool) {
	for {
		rest := r.buf[r.start:r.end]
		switch n := bytes.IndexByte(rest, '\n'); {
		case n >= 0 && n <= longestLine:
			return r.cut(n, n+1), true, true
		case len(rest) > longestLine: // pieces have one size, however much was read at a time
			n = longestLine
			if rest[n-1] == '\r' { // it may be half of a CRLF
				n--
			}
			r.piece(n)
			return &r.raw, false, true
		case r.err == nil:
			r.fill()
		case len(rest) == 0:
			return nil, false, false
		default:
			return r.cut(len(rest), len(rest)), true, true
		}
	}
}

// block returns what was read and not handed out yet, and where it stands.
func (r *lineReader) block() ([]byte, Span) { return r.buf[r.start:r.end], r.next }

// skip passes over whole lines at the start of the block.
func (r *lineReader) skip(octets, lines int) {
	r.start += octets
	r.next.Offset += int64(octets)
	r.next.Line += uint32(min(lines, int(^uint32(0)-r.next.Line)))
}

// peek returns up to n octets that are still to be read.
func (r *lineReader) peek(n int) []byte {
	for r.end-r.start < n && r.err == nil {
		r.fill()
	}
	return r.buf[r.start:min(r.end, r.start+n)]
}

// Read hands out octets, for recordings that are not lines of text.
func (r *lineReader) Read(b []byte) (int, error) {
	if r.start < r.end {
		n := copy(b, r.buf[r.start:r.end])
		r.start += n
		return n, nil
	}
	if r.err != nil {
		return 0, r.err
	}
	return r.src.Read(b)
}

func (r *lineReader) fill() {
	if r.ahead != nil {
		r.buf, r.start, r.end, r.err = r.ahead.next(r.buf, r.buf[r.start:r.end])
		return
	}
	if r.start > 0 {
		copy(r.buf, r.buf[r.start:r.end])
		r.end -= r.start
		r.start = 0
	}
	n, err := readSome(r.src, r.buf[r.end:])
	r.end += n
	r.err = err
}

// cut hands out n octets as the last or only piece of a line that takes up
// whole octets with its terminator.
func (r *lineReader) cut(n, whole int) *Raw {
	text := r.buf[r.start : r.start+n]
	r.raw.EOL = NoEOL
	if whole > n {
		r.raw.EOL = LF
		if n > 0 && text[n-1] == '\r' {
			text, r.raw.EOL = text[:n-1], CRLF
		}
	}
	r.hand(text, whole)
	r.next.Line++
	if r.next.Line == 0 {
		r.next.Line-- // beyond 4294967295 lines the number stands still
	}
	r.next.Column = 1
	return &r.raw
}

func (r *lineReader) piece(n int) {
	r.raw.EOL = NoEOL
	r.hand(r.buf[r.start:r.start+n], n)
	r.next.Column += uint32(n)
}

func (r *lineReader) hand(text []byte, whole int) {
	r.raw.Text = text
	r.raw.Cut = 0
	r.raw.Span = r.next
	r.raw.Span.Length = uint32(len(text))
	r.next.Offset += int64(whole)
	r.start += whole
}
