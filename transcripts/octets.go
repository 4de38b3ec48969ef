package transcripts

// What an octet of a command line can be part of.
const (
	inAtom       = 1 << iota // atext, RFC 5322 §3.2.3
	inQuotes                 // qtextSMTP, RFC 5321 §4.1.2
	inHost                   // Let-dig, RFC 5321 §4.1.2
	inValue                  // esmtp-value, RFC 5321 §4.1.2
	inXtext                  // xchar, RFC 3461 §4
	inPlainLocal             // inAtom, without what once routed mail
)

var octetClass = func() (class [256]uint8) {
	for c := byte(' '); c <= '~'; c++ {
		alnum := isLetter(c) || isDigit(c)
		if alnum {
			class[c] |= inAtom | inHost
		}
		if c != '"' && c != '\\' {
			class[c] |= inQuotes
		}
		if c > ' ' && c != '=' {
			class[c] |= inValue
			if c != '+' {
				class[c] |= inXtext
			}
		}
	}
	for _, c := range []byte("!#$%&'*+-/=?^_`{|}~") {
		class[c] |= inAtom
	}
	for c := range class {
		if class[c]&inAtom != 0 && c != '%' && c != '!' && c != '*' {
			class[c] |= inPlainLocal
		}
	}
	return class
}()
