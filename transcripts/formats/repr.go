package formats

import (
	"unicode/utf8"

	"github.com/smtplint/smtplint/transcripts"
)

// repr undoes a quoted string as Python, Ruby, Go or JSON write it, piece by
// piece, and cuts what it stands for into lines of the wire.
type repr struct {
	wireLine
	quote byte
	esc   []byte // an escape that is not complete yet
}

// begin starts a string in the given quotes. The first line's span starts at
// mark, where the recorder's words before the string begin.
func (r *repr) begin(who transcripts.Party, quote byte, mark transcripts.Span) {
	r.wireLine.begin(who, mark)
	r.goOn(quote, mark)
}

// goOn starts a string that may go on with the line that the one before it
// did not finish.
func (r *repr) goOn(quote byte, mark transcripts.Span) {
	r.quote, r.esc, r.perOctet = quote, r.esc[:0], len(`\n`)
	r.wireLine.goOn(mark)
}

// feed takes the next octets of the string, which stand at span, and reports
// whether the string goes on after them. A line that the string does not
// finish is held until end is called.
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
