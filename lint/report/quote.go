package report

import (
	"unicode/utf8"

	"github.com/smtplint/smtplint/lint/text"
)

const hexDigits = "0123456789abcdef"

// appendJSON appends a string of JSON (RFC 8259 §7), which is one of YAML, too.
// It decodes to text, invalid UTF-8 apart; but whatever a terminal or a CI
// runner would obey is escaped, for those who print JSON as it is.
func appendJSON[S string | []byte](b []byte, s S) []byte {
	b = append(b, '"')
	return append(appendEscaped(b, s), '"')
}

func appendEscaped[S string | []byte](b []byte, s S) []byte {
	from := 0 // s[from:i] needs no escape
	for i := text.Plain(s); i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if !special[c] || c == '#' && (i == 0 || s[i-1] != '#') {
				i++
				continue
			}
			b = append(b, s[from:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			case '\r':
				b = append(b, '\\', 'r')
			case '\t':
				b = append(b, '\\', 't')
			default:
				b = appendUnit(b, rune(c))
			}
			i++
			from = i
			i += text.Plain(s[i:])
			continue
		}
		r, n := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(append(b, s[from:i]...), `\ufffd`...)
			from = i + n
		case !text.Printable(r):
			b = append(b, s[from:i]...)
			if r > 0xffff { // a pair of surrogates
				r -= 0x10000
				b = appendUnit(b, 0xd800+r>>10)
				r = 0xdc00 + r&0x3ff
			}
			b = appendUnit(b, r)
			from = i + n
		}
		i += n
	}
	return append(b, s[from:]...)
}

// special are the octets that a string of JSON must not, or should not, have.
var special = func() (t [utf8.RuneSelf]bool) {
	for c := range 0x20 {
		t[c] = true
	}
	t['"'], t['\\'], t['#'], t[0x7f] = true, true, true, true
	return t
}()

func appendUnit(b []byte, r rune) []byte {
	return append(b, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}
