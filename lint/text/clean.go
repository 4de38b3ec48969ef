package text

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Clean makes text from a recording harmless on a terminal and in a CI log:
// control characters, invalid UTF-8 and marks that reorder text are shown as
// escapes, and the tokens by which CI runners take commands from a log are
// broken.
func Clean(text string) string {
	if plain(text) {
		return text
	}
	return string(AppendClean(nil, text))
}

// AppendClean appends text to b, harmless as Clean makes it. A token that
// begins in b is broken, too.
func AppendClean(b []byte, text string) []byte {
	if plain(text) && (text == "" || text[0] != '#' || !sharp(b)) {
		return append(b, text...)
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\t':
			b = append(b, ' ')
		case r == utf8.RuneError && n == 1:
			b = appendEscape(b, text[i])
		case r < 0x20 || r == 0x7f:
			b = appendEscape(b, byte(r))
		case !Printable(r):
			start := len(b)
			b = strconv.AppendQuoteRuneToASCII(b, r)
			b = append(b[:start], b[start+1:len(b)-1]...)
		case r == '#' && (sharp(b) || i > 0 && text[i-1] == '#'):
			b = appendEscape(b, '#') // "##[" begins a command to a CI runner
		default:
			b = append(b, text[i:i+n]...)
		}
		i += n
	}
	return b
}

// Printable reports whether a terminal shows r as it is: a graphic character,
// or a space (U+0020).
func Printable(r rune) bool { return unicode.IsPrint(r) }

func sharp(b []byte) bool { return len(b) > 0 && b[len(b)-1] == '#' }

func plain(text string) bool {
	for i := Plain(text); i < len(text); i++ {
		c := text[i]
		if c < 0x20 || c >= 0x7f || c == '#' && i > 0 && text[i-1] == c {
			return false
		}
	}
	return true
}

func appendEscape(b []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '\r':
		return append(b, '\\', 'r')
	case '\n':
		return append(b, '\\', 'n')
	}
	return append(b, '\\', 'x', hex[c>>4], hex[c&15])
}
