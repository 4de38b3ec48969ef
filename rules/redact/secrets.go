package redact

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

// secrets finds credentials wherever a recording repeats them: a client's own
// words about the exchange, dumps of octets, an echo of the server's.
type secrets struct {
	known   map[string]bool
	size    int                       // octets of those
	needles []needle                  // sorted
	ranges  map[[shortest]byte][2]int // of needles, by how they begin
	begins  [1 << 16]bool             // the first two octets of a needle
	common  bool                      // some are ordinary words
}

// needle is one spelling of a secret.
type needle struct {
	text   string
	token  bool // what a client has sent: other lines may show its beginning only
	common bool // it may be a word that means something else
	within int  // the longest needle that this one begins with, or -1
}

const (
	shortest  = 4        // shorter secrets are masked where they were sent, and nowhere else
	telling   = 12       // so much of a token is never there by chance
	ownSecret = 8        // so many characters that are not just a word are not either
	mostOf    = 16 << 20 // octets of secrets
	alike     = 32       // needles that are tried where text has escapes
)

// learnSecrets takes the credentials out of a session.
func (c *copier) learnSecrets(s *transcripts.Session) {
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		for n, secret := range sasl.Secrets(s, i) {
			c.secrets.add(secret)
			if n == 0 {
				c.own[e.Command.Span.Offset] = secret
			}
		}
	}
}

// add takes a secret as it stands in the conversation.
func (s *secrets) add(secret string) {
	if s.known == nil {
		s.known = map[string]bool{}
	}
	if !s.known[secret] {
		s.known[secret] = true
		s.size += len(secret)
	}
}

// index prepares for finding.
func (s *secrets) index() {
	for secret := range s.known {
		_, err := base64.StdEncoding.DecodeString(secret)
		token := err == nil && len(secret) >= telling
		s.spell(secret, token, !token && ordinary(secret))
		if len(secret) >= shortest {
			in64 := base64.StdEncoding.EncodeToString([]byte(secret))
			s.spell(in64, false, ordinary(in64))
		}
		if token || !ordinary(secret) {
			inHex := hex.EncodeToString([]byte(secret))
			s.spell(inHex, false, false)
			s.spell(strings.ToUpper(inHex), false, false)
			s.within64(secret)
		}
	}
	slices.SortFunc(s.needles, func(a, b needle) int { return cmp.Or(strings.Compare(a.text, b.text), a.rank()-b.rank()) })
	s.needles = slices.CompactFunc(s.needles, func(a, b needle) bool { return a.text == b.text })
	s.ranges = map[[shortest]byte][2]int{}
	for i := range s.needles {
		n := &s.needles[i]
		for n.within = i - 1; n.within >= 0 && !strings.HasPrefix(n.text, s.needles[n.within].text); {
			n.within = s.needles[n.within].within
		}
		start := [shortest]byte([]byte(n.text))
		at, known := s.ranges[start]
		if !known {
			at[0] = i
		}
		at[1] = i + 1
		s.ranges[start] = at
		s.begins[int(start[0])<<8|int(start[1])] = true
		s.common = s.common || n.common
	}
}

// rank puts those first that say most where the same text was added twice.
func (n *needle) rank() int {
	switch {
	case n.token:
		return 0
	case !n.common:
		return 1
	}
	return 2
}

// within64 adds how a secret reads in the base64 of a longer text: of the
// characters for it those at its ends depend on what stands there.
func (s *secrets) within64(secret string) {
	for before := range 3 {
		in64 := base64.RawStdEncoding.EncodeToString(append(make([]byte, before), secret...))
		inside := in64[(before*8+5)/6 : (before+len(secret))*8/6]
		if len(inside) >= telling {
			s.spell(inside, false, false)
		}
	}
}

// spell adds a secret in the ways in which recorders write it whose beginning
// differs.
func (s *secrets) spell(text string, token, common bool) {
	quoted := strconv.Quote(text)
	for _, text := range [...]string{text, html.EscapeString(text), quoted[1 : len(quoted)-1], url.QueryEscape(text)} {
		if len(text) >= shortest {
			s.needles = append(s.needles, needle{text: text, token: token, common: common})
		}
	}
}

// ordinary reports whether a secret may be a word that stands in a recording
// for another reason.
func ordinary(secret string) bool {
	return len(secret) < ownSecret || len(secret) < telling && strings.Trim(secret, "abcdefghijklmnopqrstuvwxyz") == ""
}

// find returns the first secret in text from an octet on. Ordinary words are
// found where words says so.
func (s *secrets) find(text []byte, from int, words bool) (at, n int) {
	for at = from; at+shortest <= len(text); at++ {
		if s.begins[int(text[at])<<8|int(text[at+1])] {
			if n := s.match(text, at, words); n > 0 {
				return at, n
			}
		}
	}
	return len(text), 0
}

// match returns the length of the longest secret at a place of text, or 0.
func (s *secrets) match(text []byte, at int, words bool) int {
	bounds, known := s.ranges[[shortest]byte(text[at:])]
	if !known {
		return 0
	}
	list := s.needles[bounds[0]:bounds[1]]
	next, _ := slices.BinarySearchFunc(list, text[at:], func(n needle, text []byte) int {
		switch text := text[:min(len(text), len(n.text)+1)]; {
		case n.text < string(text):
			return -1
		case n.text > string(text):
			return 1
		}
		return 0
	})
	// The needles that text begins with are the one before the place of text in the
	// list, and those that this one begins with.
	for i := bounds[0] + next - 1; i >= bounds[0]; i = s.needles[i].within {
		if n := s.needles[i].length(text, at, words); n > 0 {
			return n
		}
	}
	// Text that ends early, or is escaped, has its needle nearby.
	for i := max(0, next-alike); i < min(len(list), next+alike); i++ {
		if n := list[i].length(text, at, words); n > 0 {
			return n
		}
	}
	return 0
}

// length returns how long the secret is at a place of text, 0 where it is not
// there. Of a token, the beginning is enough.
func (n *needle) length(text []byte, at int, words bool) int {
	read, length := shared(text[at:], n.text)
	switch {
	case n.common && (!words || !alone(text, at, length)):
		return 0
	case read == len(n.text), n.token && read >= telling && cutOff(text[at+length:]):
		return length
	}
	return 0
}

// shared returns how many octets of a secret text begins with, and how many of
// its own these are: they may be escaped.
func shared(text []byte, secret string) (read, n int) {
	for n < len(text) && n < len(secret) && text[n] == secret[n] {
		n++
	}
	read = n
	for rest := []byte(secret[read:]); len(rest) > 0; {
		width, k, _ := spelled(text[n:], rest)
		if width == 0 {
			break
		}
		n += width
		read += k
		rest = rest[k:]
	}
	return read, n
}

// cutOff reports whether base64 is over where rest begins.
func cutOff(rest []byte) bool { return len(rest) == 0 || !in64(rest[0]) }

func in64(c byte) bool { return isLetter(c) || isDigit(c) || c == '+' || c == '/' || c == '=' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// alone reports whether n octets of text are a word. What stands before them may
// be the escape of an octet, as the 0 between the parts of AUTH PLAIN.
func alone(text []byte, at, n int) bool {
	if end := at + n; end < len(text) && (isLetter(text[end]) || isDigit(text[end])) {
		return false
	}
	if at == 0 || !isLetter(text[at-1]) && !isDigit(text[at-1]) {
		return true
	}
	before := text[max(0, at-len(`\u0000`)):at]
	return bytes.LastIndexByte(before, '\\') >= 0
}

// mask overwrites all secrets in a text.
func (s *secrets) mask(text []byte, words bool) {
	for at, n := s.find(text, 0, words); n > 0; at, n = s.find(text, at+n, words) {
		stars(text[at : at+n])
	}
}

// stars overwrites a secret so that it is known to be hidden. A single star
// would say that the client gives up (RFC 4954 §4).
func stars(secret []byte) {
	for i := range secret {
		secret[i] = '*'
	}
	if len(secret) == 1 {
		secret[0] = 'x'
	}
}
