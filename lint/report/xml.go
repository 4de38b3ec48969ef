package report

import (
	"strconv"
	"unicode/utf8"

	"github.com/smtplint/smtplint/lint/text"
)

// appendXML appends character data that is fit for elements and attributes of
// XML 1.0. It reads back as the text, but for what XML cannot hold at all
// (§2.2): that becomes U+FFFD. What a terminal or a CI runner would obey is
// written as a reference.
func appendXML(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		if from := i; !meaningful(s[i]) {
			for i++; i < len(s) && !meaningful(s[i]); i++ {
			}
			b = append(b, s[from:i]...)
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r == '\'', r == '\t', r == '\n', r == '\r', r == '#' && i > 0 && s[i-1] == '#':
			b = appendReference(b, r)
		case r == utf8.RuneError && n == 1, r < ' ', r == 0xfffe, r == 0xffff:
			b = append(b, "\uFFFD"...)
		case !text.Printable(r):
			b = appendReference(b, r)
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return b
}

// meaningful reports whether an octet has to be looked at more closely before
// it stands in XML.
func meaningful(c byte) bool {
	switch c {
	case '&', '<', '>', '"', '\'', '#', 0x7f:
		return true
	}
	return c < ' ' || c >= utf8.RuneSelf
}

func appendReference(b []byte, r rune) []byte {
	return append(strconv.AppendUint(append(b, "&#"...), uint64(r), 10), ';')
}

// attr writes an attribute, with a space before it.
func (s *sink) attr(name, value string) {
	s.str(" ")
	s.str(name)
	s.str(`="`)
	s.b = appendXML(s.b, value)
	s.str(`"`)
}

// attrNum writes an attribute that is a number.
func (s *sink) attrNum(name string, n int64) {
	s.str(" ")
	s.str(name)
	s.str(`="`)
	s.num(n)
	s.str(`"`)
}

// prolog is how a document in XML begins.
const prolog = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
