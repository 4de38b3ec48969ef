package lint

import (
	"crypto/sha256"
	"encoding/hex"
)

// Fingerprint identifies a finding beyond this recording: it stays the same
// when the conversation is recorded again with other line numbers, times,
// addresses and queue names. Credentials are masked in Place.Text already, so
// they do not enter it.
func (d *Diagnostic) Fingerprint() string {
	h := sha256.New()
	h.Write([]byte(d.Rule.ID + "\x00" + d.Side.String() + "\x00" + d.At.Party.String() + "\x00" + normal(d.At.Text)))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// normal reduces a line to what is the same in every recording of the same
// conversation: words stay; a token with "@" or a digit in it becomes the sign
// of its class. The code of a reply is three digits and stays.
func normal(text string) string {
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if !tokenOctet(text[i]) {
			b = append(b, text[i])
			i++
			continue
		}
		start := i
		class := byte(0)
		for ; i < len(text) && tokenOctet(text[i]); i++ {
			switch c := text[i]; {
			case c == '@':
				class = '@'
			case '0' <= c && c <= '9' && class == 0:
				class = '#'
			}
		}
		if code := start == 0 && i == 3; class != 0 && !code {
			b = append(b, class)
		} else {
			b = append(b, text[start:i]...)
		}
	}
	return string(b)
}

func tokenOctet(c byte) bool {
	return alnum(c) || c == '@' || c == '.' || c == '_' || c == '+' || c >= 0x80
}
