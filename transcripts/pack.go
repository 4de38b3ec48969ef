package transcripts

import (
	"compress/gzip"
	"io"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// A Wrapping is what a recording may be wrapped in.
type Wrapping uint8

const (
	Gzip          Wrapping = iota
	Zstd                   // RFC 8878
	ByteOrderMark          // of UTF-8
	UTF16Little            // UTF-16 with a byte order mark, the low octet first
	UTF16Big               // the same, the high octet first
	UTF16Unmarked          // the low octet first, without a mark
)

// marks are the first octets of what is wrapped.
var marks = [...][]byte{
	Gzip: {0x1f, 0x8b}, Zstd: {0x28, 0xb5, 0x2f, 0xfd}, ByteOrderMark: {0xef, 0xbb, 0xbf},
	UTF16Little: {0xff, 0xfe}, UTF16Big: {0xfe, 0xff}, UTF16Unmarked: nil,
}

// Pack wraps what is written to it as Unwrap has found it. Close must be called;
// it does not close dst.
func Pack(dst io.Writer, wrappings []Wrapping) (io.WriteCloser, error) {
	p := packer{Writer: dst}
	for _, w := range wrappings {
		switch w {
		case Gzip:
			p.push(gzip.NewWriter(p.Writer))
		case Zstd:
			enc, err := zstd.NewWriter(p.Writer, zstd.WithEncoderConcurrency(1))
			if err != nil {
				return nil, err
			}
			p.push(enc)
		default:
			if _, err := p.Write(marks[w]); err != nil {
				return nil, err
			}
			if w != ByteOrderMark {
				p.push(&utf16Writer{out: p.Writer, big: w == UTF16Big})
			}
		}
	}
	return &p, nil
}

// packer writes through several wrappings.
type packer struct {
	io.Writer
	layers []io.Closer
}

func (p *packer) push(layer io.WriteCloser) { p.Writer, p.layers = layer, append(p.layers, layer) }

// Close closes the wrappings, the innermost first.
func (p *packer) Close() (err error) {
	for _, layer := range slices.Backward(p.layers) {
		if e := layer.Close(); err == nil {
			err = e
		}
	}
	return err
}

// utf16Writer turns UTF-8 into UTF-16.
type utf16Writer struct {
	out  io.Writer
	big  bool
	rest []byte // the start of a character whose end is still to come
}

func (w *utf16Writer) Write(b []byte) (int, error) {
	text := append(w.rest, b...)
	var units []byte
	for len(text) > 0 && utf8.FullRune(text) {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		for _, unit := range utf16.AppendRune(nil, r) {
			low, high := byte(unit), byte(unit>>8)
			if w.big {
				low, high = high, low
			}
			units = append(units, low, high)
		}
	}
	w.rest = append([]byte(nil), text...)
	if _, err := w.out.Write(units); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Close writes what never became a character.
func (w *utf16Writer) Close() error {
	if len(w.rest) == 0 {
		return nil
	}
	w.rest = nil
	_, err := w.Write([]byte(string(utf8.RuneError)))
	return err
}
