package transcripts

import "strings"

// DecodeXtext decodes xtext, in which "+" and two digits stand for an octet
// (RFC 3461 §4). The digits are hexadecimal, in capitals. Text that needs no
// decoding is returned as it is.
func DecodeXtext(text string) (string, Flaw) {
	plain := true
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case octetClass[c]&inXtext != 0:
		case c == '+' && i+2 < len(text) && hexDigit(text[i+1]) >= 0 && hexDigit(text[i+2]) >= 0:
			plain = false
			i += 2
		default:
			return "", Flaw{BadXtext, text[i:min(i+3, len(text))]}
		}
	}
	if plain {
		return text, Flaw{}
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '+' {
			b.WriteByte(text[i])
			continue
		}
		b.WriteByte(byte(hexDigit(text[i+1])<<4 | hexDigit(text[i+2])))
		i += 2
	}
	return b.String(), Flaw{}
}

// hexDigit returns the value of a hexadecimal digit in capitals, or -1.
func hexDigit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
