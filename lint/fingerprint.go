package lint

import (
	"crypto/sha256"
	"encoding/hex"
)

// Fingerprint identifies a finding beyond this recording: it stays the same
// when the conversation is recorded again with other line numbers, times,
// addresses and queue names. Credentials are masked in Place.Text already, so
// they do not enter it.
func (d *Diagnostic) Fingerprint() string { return string(d.AppendFingerprint(nil)) }

// AppendFingerprint appends the fingerprint to b.
func (d *Diagnostic) AppendFingerprint(b []byte) []byte {
	from := len(b)
	b = append(append(b, d.Rule.ID...), 0)
	b = append(append(b, d.Side.String()...), 0)
	b = append(append(b, d.At.Party.String()...), 0)
	sum := sha256.Sum256(appendNormal(b, d.At.Text)[from:])
	return hex.AppendEncode(b[:from], sum[:8])
}

// appendNormal reduces a line to what is the same in every recording of the same
// conversation: words stay; a token with "@" or a digit in it, the name of a
// day, a month or a time zone, and a long run of hexadecimal digits become the
// sign of their class. A token with a digit goes on behind "-", ":" and "/", as
// queue names, times and addresses do. The code of a reply stays.
func appendNormal(b []byte, text string) []byte {
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && tokens[text[i]]&inside == 0 {
			i++
		}
		if i > start && i < len(text) && text[i-1] == '-' && tokens[text[i]]&digit != 0 && (i == start+1 || text[i-2] == ' ') {
			b = append(b, text[start:i-1]...) // a zone to the west is like one to the east
		} else {
			b = append(b, text[start:i]...)
		}
		start = i
		var seen byte
		for i < len(text) {
			t := tokens[text[i]]
			if t == joint && (seen&digit == 0 || start == 0 && i == 3 || i+1 == len(text) || tokens[text[i+1]] == 0) {
				break
			}
			if t == 0 {
				break
			}
			seen |= t
			i++
		}
		if i == start {
			continue
		}
		switch code := start == 0 && i == 3; {
		case code:
			b = append(b, text[start:i]...)
		case seen&at != 0:
			b = append(b, '@')
		case seen&digit != 0, seen&word == 0 && i-start >= 8, calendar(text[start:i]):
			b = append(b, '#')
		default:
			b = append(b, text[start:i]...)
		}
	}
	return b
}

// What octets make of a token; 0 for those that are in none.
const (
	word      byte = 1 << iota
	hexLetter      // a letter that is a hexadecimal digit, too
	digit
	at
	joint // in a token that has a digit

	inside = word | hexLetter | digit | at
)

var tokens = func() (t [256]byte) {
	for c := range t {
		switch c := byte(c); {
		case c == '@':
			t[c] = at
		case '0' <= c && c <= '9':
			t[c] = digit
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			t[c] = hexLetter
		case alnum(c) || c == '.' || c == '_' || c == '+' || c >= 0x80:
			t[c] = word
		case c == '-' || c == ':' || c == '/':
			t[c] = joint
		}
	}
	return t
}()

// calendar reports whether a word is part of a date.
func calendar(w string) bool {
	if len(w) > 4 {
		return false
	}
	switch w {
	case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
		"UTC", "GMT", "WET", "WEST", "BST", "CET", "CEST", "EET", "EEST", "MSK", "IST", "JST", "KST",
		"EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AEST", "AEDT", "NZST", "NZDT":
		return true
	}
	return false
}
