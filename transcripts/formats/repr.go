package formats

import (
	"unicode/utf8"

	"github.com/smtplint/smtplint/transcripts"
)

// repr undoes a quoted string as Python, Ruby, Go or JSON write it, piece by
// piece, and cuts what it stands for into lines of the wire.
type repr struct {
	who   transcripts.Party
	quote byte
	line  []byte           // of the wire, so far
	cut   int64            // octets of a very long line that are not in it
	last  byte             // the last octet
	at    transcripts.Span // where it began
	here  transcripts.Span // where the next one begins
	esc   []byte           // an escape that is not complete yet
}

const longestWireLine = 64 << 10 // of what is kept of a line

// begin starts a string in the given quotes. The first line's span starts at
// mark, where the recorder's words before the string begin.
func (r *repr) begin(who transcripts.Party, quote byte, mark transcripts.Span) {
	*r = repr{who: who, quote: quote, line: r.line[:0], esc: r.esc[:0], at: mark, here: mark}
}

// feed takes the next octets of the string, which stand at span, and reports
// whether the string goes on after them.
func (r *repr) feed(text []byte, span transcripts.Span, emit func(*transcripts.Line)) bool {
	for i, c := range text {
		switch {
		case len(r.esc) > 0:
			r.esc = append(r.esc, c)
			if !r.unescape() {
				continue
			}
		case c == '\\':
			r.esc = append(r.esc, c)
			continue
		case c == r.quote:
			r.end(emit)
			return false
		default:
			r.put(c)
		}
		if !r.at.Known() {
			r.at = span.Part(i, 0)
		}
		r.here = span.Part(i+1, 0)
		if r.last == '\n' {
			r.emit(emit)
		}
	}
	return true
}

// put takes one octet of the wire.
func (r *repr) put(c byte) {
	r.last = c
	if len(r.line) < longestWireLine || c == '\n' {
		r.line = append(r.line, c)
	} else {
		r.cut++
	}
}

// end hands out what stands after the last line end.
func (r *repr) end(emit func(*transcripts.Line)) {
	if len(r.line) > 0 {
		r.emit(emit)
	}
}

func (r *repr) emit(emit func(*transcripts.Line)) {
	l := transcripts.Line{From: r.who, Cut: r.cut, Span: r.at}
	l.Text, l.EOL = cutEOL(r.line)
	escaped := [...]int64{0, 4, 2, 2, 0}[l.EOL] // the length of \r\n, \n
	l.Span.Length = uint32(max(0, r.here.Offset-r.at.Offset-escaped))
	emit(&l)
	r.line, r.cut, r.last, r.at = r.line[:0], 0, 0, transcripts.Span{}
}

// cutEOL takes the terminator off the octets of a line.
func cutEOL(b []byte) ([]byte, transcripts.EOL) {
	n := len(b)
	switch {
	case n > 1 && b[n-2] == '\r' && b[n-1] == '\n':
		return b[:n-2], transcripts.CRLF
	case n > 0 && b[n-1] == '\n':
		return b[:n-1], transcripts.LF
	}
	return b, transcripts.NoEOL
}

// unescape replaces a complete escape by what it stands for, and reports
// whether it was complete.
func (r *repr) unescape() bool {
	esc := r.esc
	digits := 0
	switch esc[1] {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	}
	if digits > 0 {
		if len(esc) < 2+digits {
			return false
		}
		n := rune(0)
		for _, c := range esc[2:] {
			n = n<<4 | hex(c)
		}
		if digits == 2 {
			r.put(byte(n))
		} else {
			for _, c := range utf8.AppendRune(nil, n) {
				r.put(c)
			}
		}
	} else {
		r.put(simpleEscape(esc[1]))
	}
	r.esc = esc[:0]
	return true
}

func simpleEscape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'a':
		return '\a'
	case 'b':
		return '\b'
	case 'e':
		return 0x1b
	case 'f':
		return '\f'
	case 'v':
		return '\v'
	case '0':
		return 0
	}
	return c
}

func hex(c byte) rune {
	switch {
	case isDigit(c):
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return 0
}
