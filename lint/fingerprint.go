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
// conversation: words stay; a token with "@" or a digit in it becomes the sign
// of its class. The code of a reply is three digits and stays.
func appendNormal(b []byte, text string) []byte {
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && tokens[text[i]] == 0 {
			i++
		}
		b = append(b, text[start:i]...)
		start = i
		var seen byte
		for ; i < len(text) && tokens[text[i]] != 0; i++ {
			seen |= tokens[text[i]]
		}
		switch code := start == 0 && i == 3; {
		case code || seen < digit:
			b = append(b, text[start:i]...)
		case seen >= at:
			b = append(b, '@')
		default:
			b = append(b, '#')
		}
	}
	return b
}

// What octets make of a token; 0 for those that are in none.
const (
	word byte = 1 << iota
	digit
	at
)

var tokens = func() (t [256]byte) {
	for c := range t {
		switch c := byte(c); {
		case c == '@':
			t[c] = at
		case '0' <= c && c <= '9':
			t[c] = digit
		case alnum(c) || c == '.' || c == '_' || c == '+' || c >= 0x80:
			t[c] = word
		}
	}
	return t
}()
