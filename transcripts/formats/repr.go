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
		if r.octal() && !isOctal(c) { // it may be shorter than three digits
			if r.putOctal(); r.last == '\n' {
				r.emit(emit)
			}
		}
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

// all feeds the last octets of a string and hands out what stands after its
// last line end as well.
func (r *repr) all(text []byte, span transcripts.Span, emit func(*transcripts.Line)) {
	r.feed(text, span, emit)
	r.end(emit)
}

// whole returns what a string that ends within text stands for.
func (r *repr) whole(text []byte, quote byte) []byte {
	r.begin(0, quote, transcripts.Span{})
	var all []byte
	r.feed(text, transcripts.Span{}, func(l *transcripts.Line) {
		all = append(append(all, l.Text...), [...]string{"", "\r\n", "\n", "\r", ""}[l.EOL]...)
	})
	if r.octal() {
		r.putOctal()
	}
	return append(all, r.line...)
}

// unescape replaces a complete escape by what it stands for, and reports
// whether it was complete.
func (r *repr) unescape() bool {
	esc := r.esc
	digits := 0
	if r.octal() {
		if len(esc) == 4 {
			r.putOctal()
		}
		return len(r.esc) == 0
	}
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

// octal reports whether an octal escape has begun, as C has them.
func (r *repr) octal() bool { return len(r.esc) > 1 && isOctal(r.esc[1]) }

func isOctal(c byte) bool { return '0' <= c && c <= '7' }

func (r *repr) putOctal() {
	n := 0
	for _, c := range r.esc[1:] {
		n = n<<3 | int(c-'0')
	}
	r.esc = r.esc[:0]
	r.put(byte(n))
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
