package transcripts

import (
	"strings"
	"unicode/utf8"
)

// A Mailbox is a local part and a host: local-part@domain (RFC 5321 §4.1.2).
type Mailbox struct {
	Text  string // as written
	Local string // with its quotes
	Host  Host   // its Text is empty where there is no "@"
	Flaw  Flaw   // the first one
}

// ParseMailbox takes a mailbox apart. Octets above 127 are taken for UTF-8 (RFC
// 6531 §3.3); whether they are allowed is another question.
func ParseMailbox(text string) (m Mailbox) {
	m.parse(text)
	return m
}

func (m *Mailbox) parse(text string) {
	m.Text = text
	n, plain := plainLocal(text)
	switch {
	case plain:
	case strings.HasPrefix(text, `"`):
		n, m.Flaw = quotedLocal(text)
	default:
		n, m.Flaw = dottedLocal(text)
	}
	m.Local = text[:n]
	if n == len(text) {
		if m.Flaw.None() {
			m.Flaw.Kind = NoDomain
		}
		return
	}
	m.Host.parse(text[n+1:])
	if m.Flaw.None() {
		m.Flaw = m.Host.Flaw
	}
}

// plainLocal finds the end of a Dot-string, and reports whether it is a good
// one of ASCII: nearly all are.
func plainLocal(text string) (n int, ok bool) {
	atom := false // an octet of one stands before
	for ; n < len(text); n++ {
		switch c := text[n]; {
		case octetClass[c]&inAtom != 0:
			atom = true
		case c == '.' && atom:
			atom = false
		default:
			return n, atom && c == '@'
		}
	}
	return n, atom
}

// dottedLocal finds the end of a Dot-string: the position of the "@".
func dottedLocal(text string) (n int, flaw Flaw) {
	found := func(kind FlawKind, from, to int) {
		if flaw.None() {
			flaw = Flaw{kind, text[from:to]}
		}
	}
	for n < len(text) && text[n] != '@' {
		c := text[n]
		switch {
		case c >= utf8.RuneSelf:
			size, ok := runeAt(text[n:])
			if !ok {
				found(BadUTF8, n, n+size)
			}
			n += size
			continue
		case c == '.' && n == 0:
			found(LeadingDot, n, n+1)
		case c == '.' && text[n-1] == '.':
			found(DoubleDot, n-1, n+1)
		case c != '.' && octetClass[c]&inAtom == 0:
			found(Unquoted, n, n+1)
		}
		n++
	}
	switch {
	case n == 0:
		found(EmptyLocal, 0, min(1, len(text)))
	case text[n-1] == '.':
		found(TrailingDot, n-1, n)
	}
	return n, flaw
}

// quotedLocal finds the end of a Quoted-string, and of what follows it up to
// the "@".
func quotedLocal(text string) (n int, flaw Flaw) {
	for n = 1; n < len(text) && text[n] != '"'; {
		size := 1
		switch c := text[n]; {
		case c >= utf8.RuneSelf:
			var ok bool
			if size, ok = runeAt(text[n:]); !ok && flaw.None() {
				flaw = Flaw{BadUTF8, text[n : n+size]}
			}
		case c == '\\' && n+1 < len(text) && ' ' <= text[n+1] && text[n+1] <= '~':
			size = 2
		case octetClass[c]&inQuotes == 0 && flaw.None():
			flaw = Flaw{BadQuoted, text[n : n+1]}
		}
		n += size
	}
	if n == len(text) {
		at := strings.LastIndexByte(text, '@')
		if at < 0 {
			at = len(text)
		}
		return at, Flaw{OpenQuote, text[:at]}
	}
	n++
	if n == 2 && flaw.None() {
		flaw = Flaw{EmptyQuote, text[:n]}
	}
	if rest := strings.IndexByte(text[n:], '@'); rest > 0 || rest < 0 && n < len(text) {
		if rest < 0 {
			rest = len(text) - n
		}
		if flaw.None() {
			flaw = Flaw{AfterQuote, text[n : n+rest]}
		}
		n += rest
	}
	return n, flaw
}

// runeAt returns the length of the character at the start of text, and whether
// it is valid UTF-8.
func runeAt(text string) (size int, ok bool) {
	r, size := utf8.DecodeRuneInString(text)
	return size, r != utf8.RuneError || size > 1
}
