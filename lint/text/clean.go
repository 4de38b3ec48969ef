package text

import (
	"strconv"
	"strings"
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
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case r == utf8.RuneError && n == 1:
			b.WriteString(escape(text[i]))
		case r < 0x20 || r == 0x7f:
			b.WriteString(escape(byte(r)))
		case !unicode.IsPrint(r) && r != ' ':
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
		case r == '#' && i > 0 && text[i-1] == '#':
			b.WriteString(escape('#')) // "##[" begins a command to a CI runner
		default:
			b.WriteString(text[i : i+n])
		}
		i += n
	}
	return b.String()
}

func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < 0x20 || c >= 0x7f || c == '#' && i > 0 && text[i-1] == c {
			return false
		}
	}
	return true
}

func escape(c byte) string {
	const hex = "0123456789abcdef"
	switch c {
	case '\r':
		return `\r`
	case '\n':
		return `\n`
	}
	return `\x` + string(hex[c>>4]) + string(hex[c&15])
}
