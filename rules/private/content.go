package private

import (
	"strings"
	"unicode/utf8"
)

// What stands in place of text that was masked, by the octets of a character.
const (
	maskLetter = 'x'
	maskDigit  = '0'
	mask2      = 'é'
	mask3      = '€'
	mask4      = '𐍈'
)

// Mask overwrites the letters and digits of a line of text and leaves what
// makes its form: blanks, periods and other marks, and which octets are above
// 127. The bits of seed say which letters become capitals, the first one first.
func Mask(text []byte, seed []byte) {
	for i, n := 0, 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case 'a' <= c|0x20 && c|0x20 <= 'z':
				text[i] = maskLetter
				if len(seed) > 0 && seed[n/8%len(seed)]>>(n%8)&1 != 0 {
					text[i] = 'X'
				}
				n++
			case '0' <= c && c <= '9':
				text[i] = maskDigit
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r != utf8.RuneError || size > 1 {
			utf8.EncodeRune(text[i:], [...]rune{0, 0, mask2, mask3, mask4}[size])
		} else {
			text[i] = 0xe9
		}
		i += size
	}
}

// Masked reports whether text has nothing in it that Mask would not have left.
func Masked(text string) bool {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1 && text[i] != 0xe9:
			return false
		case r == maskLetter || r == 'X' || r == maskDigit || r == mask2 || r == mask3 || r == mask4 || r == utf8.RuneError:
		case 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r >= utf8.RuneSelf:
			return false
		}
		i += size
	}
	return true
}

// Kept reports whether the value of a header field says only what kind of
// message this is, so that it need not be masked.
func Kept(field string) bool {
	switch strings.ToLower(field) {
	case "auto-submitted", "content-transfer-encoding", "content-type", "mime-version", "precedence", "tls-required":
		return true
	}
	return false
}
