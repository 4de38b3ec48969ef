package redact

import (
	"bytes"
	"html"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// spelling is how a recording writes an octet.
type spelling uint8

const (
	asIs     spelling = iota
	hexed             // \xE9
	octal             // \351
	quoted            // \u00e9: a character, which may be several octets
	latin1            // in UTF-8, as if it were a character of Latin-1
	escaped1          // \u00e9, as if it were a character of Latin-1
	named             // \n, &lt; and others that only some octets have
	paired            // in a dump of octets
)

// spelled reads what stands for the start of text at the start of data: n
// octets for the first k of text. n is 0 where something else stands there.
func spelled(data, text []byte) (n, k int, how spelling) {
	if len(data) == 0 || len(text) == 0 {
		return 0, 0, asIs
	}
	switch data[0] {
	case '\\':
		n, k, how = escaped(data, text)
	case '&':
		if end := bytes.IndexByte(data[:min(len(data), 10)], ';'); end > 1 {
			if r := html.UnescapeString(string(data[:end+1])); r[0] != '&' || r == "&" {
				n, k, how = end+1, len(r), named
				if !bytes.HasPrefix(text, []byte(r)) {
					n = 0
				}
			}
		}
	case '[':
		if len(data) >= 6 && data[1] == '0' && data[2] == 'x' && data[5] == ']' {
			if c, ok := number(data[3:5], 16); ok && c == int(text[0]) {
				n, k, how = 6, 1, named
			}
		}
	case '%':
		if len(data) >= 3 {
			if c, ok := number(data[1:3], 16); ok && c == int(text[0]) {
				n, k, how = 3, 1, named
			}
		}
	}
	if n > 0 {
		return n, k, how
	}
	if text[0] >= utf8.RuneSelf {
		r, size := utf8.DecodeRune(data)
		if _, width := utf8.DecodeRune(text); r == rune(text[0]) && size == 2 && !bytes.HasPrefix(data, text[:width]) {
			return 2, 1, latin1
		}
	}
	if data[0] == text[0] {
		return 1, 1, asIs
	}
	return 0, 0, asIs
}

// escaped reads an escape with a backslash.
func escaped(data, text []byte) (n, k int, how spelling) {
	if len(data) < 2 {
		return 0, 0, asIs
	}
	switch c := data[1]; {
	case c == 'x' && len(data) >= 4:
		if v, ok := number(data[2:4], 16); ok && v == int(text[0]) {
			return 4, 1, hexed
		}
	case c == 'u' && len(data) >= 6:
		v, ok := number(data[2:6], 16)
		r, n := rune(v), 6
		if utf16.IsSurrogate(r) && len(data) >= 12 && data[6] == '\\' {
			low, _ := number(data[8:12], 16)
			r, n = utf16.DecodeRune(r, rune(low)), 12
		}
		if char := utf8.AppendRune(nil, r); ok && bytes.HasPrefix(text, char) {
			return n, len(char), quoted
		} else if ok && r == rune(text[0]) {
			return n, 1, escaped1
		}
	case '0' <= c && c <= '7':
		for n := min(4, len(data)); n >= 2; n-- {
			if v, ok := number(data[1:n], 8); ok && v == int(text[0]) {
				return n, 1, octal
			}
		}
	default:
		const letters, octets = `abtnvfr\"'/e`, "\a\b\t\n\v\f\r\\\"'/\x1b"
		if at := bytes.IndexByte([]byte(letters), c); at >= 0 && octets[at] == text[0] {
			return 2, 1, named
		}
	}
	return 0, 0, asIs
}

func number(digits []byte, base int) (int, bool) {
	v, err := strconv.ParseUint(string(digits), base, 16)
	return int(v), err == nil
}

// spell writes octets as they were spelled before, as far as that way of
// spelling has words for them.
func spell(octets []byte, how spelling) []byte {
	const digits = "0123456789abcdef"
	var b []byte
	switch how {
	case hexed:
		for _, c := range octets {
			b = append(b, '\\', 'x', digits[c>>4], digits[c&15])
		}
	case octal:
		for _, c := range octets {
			b = append(b, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		}
	case quoted:
		for _, unit := range utf16.Encode([]rune(string(octets))) {
			b = append(b, '\\', 'u', digits[unit>>12], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15])
		}
	case escaped1:
		for _, c := range octets {
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	case latin1:
		for _, c := range octets {
			b = utf8.AppendRune(b, rune(c))
		}
	default:
		b = append(b, octets...)
	}
	return b
}
