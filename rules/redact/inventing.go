package redact

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

// letters make up words. Without x: a run of those is taken for a mask.
const letters = "abcdefghijklmnopqrstuvwyz"

// word returns the stand-in for a word in lower case.
func (s *standIns) word(word string) string {
	if made, known := s.words[word]; known {
		return made
	}
	if s.words == nil {
		s.words, s.taken = map[string]string{}, map[int]int{}
	}
	n := s.taken[len(word)]
	s.taken[len(word)]++
	made := invent(word, n)
	s.words[word] = made
	return made
}

// invent makes up word number n that is as long as another one. Characters
// beyond ASCII stay such.
func invent(like string, n int) string {
	b := []byte(like)
	for i := len(b); i > 0; {
		r, size := utf8.DecodeLastRune(b[:i])
		i -= size
		switch {
		case size == 1 && r != utf8.RuneError:
			b[i] = letters[n%len(letters)]
			n /= len(letters)
		case size > 1:
			first := [...]rune{2: 'à', 3: '一', 4: '𐍈'}[size]
			utf8.EncodeRune(b[i:], first+rune(n%20))
			n /= 20
		}
	}
	return string(b)
}

// kept are ends of domains that nobody can have (RFC 2606, and ISO 3166 for the
// last, which is for domains that are too short for the others).
var kept = [...]string{".example", ".test", ".zz"}

// domain returns the stand-in for the last two labels of a domain.
func (s *standIns) domain(name string) string {
	if made, known := s.words[name]; known {
		return made
	}
	if s.words == nil {
		s.words, s.taken = map[string]string{}, map[int]int{}
	}
	s.used = orEmpty(s.used)
	n := s.taken[-len(name)]
	s.taken[-len(name)]++
	made := name
	for _, end := range kept {
		label := len(name) - len(end)
		if label < 1 {
			continue
		}
		like := strings.Repeat("a", label)
		if label >= len("é") && !ascii(name) {
			like = "é" + like[len("é"):]
		}
		if made = invent(like, n) + end; !s.used[made] { // else all names of this length are taken
			break
		}
	}
	s.used[made] = true
	s.words[name] = made
	return made
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// number returns the stand-in for a public IP address, as long as it is written.
func (s *standIns) number(addr netip.Addr, written string) string {
	if made, known := s.numbers[addr]; known && len(made) == len(written) {
		return made
	}
	if s.numbers == nil {
		s.numbers, s.next, s.used = map[netip.Addr]string{}, map[int]netip.Addr{}, orEmpty(s.used)
	}
	made := ""
	if strings.Contains(written, ":") {
		made = s.invent6(written)
	} else {
		made = s.invent4(len(written))
	}
	s.numbers[addr] = made
	return made
}

func orEmpty(m map[string]bool) map[string]bool {
	if m == nil {
		m = map[string]bool{}
	}
	return m
}

// blocks are the numbers that stand for others: those for examples (RFC 5737),
// for measurements (RFC 2544), of providers (RFC 6598), and, as the only ones
// that can be short, those of no network (RFC 6890).
var blocks = [...]netip.Prefix{
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("0.0.0.0/8"),
}

// invent4 returns the next number of a length in the blocks.
func (s *standIns) invent4(length int) string {
	last, begun := s.next[length]
	for _, block := range blocks {
		at := block.Addr()
		if begun {
			if !block.Contains(last) {
				continue
			}
			at, begun = last, false
		}
		for at = at.Next(); block.Contains(at); at = at.Next() {
			if text := at.String(); len(text) == length {
				s.next[length] = at
				return text
			}
		}
	}
	delete(s.next, length) // all are taken: begin again
	return s.invent4(length)
}

// invent6 makes up a number of the block for examples (RFC 9637) that is written
// in groups like another one.
func (s *standIns) invent6(written string) string {
	for n := len(s.numbers); ; n++ {
		b := []byte(written)
		for i, rest := len(b)-1, n; i >= 0; i-- {
			if b[i] != ':' && b[i] != '.' {
				b[i] = "0123456789abcdef"[rest%16]
				rest /= 16
			}
		}
		copy(b, "3fff")
		if len(b) > 9 && b[4] == ':' && b[5] != ':' && b[9] == ':' { // a second group of four digits
			b[5] = '0'
		}
		if made := string(b); !s.used[made] || n > len(s.numbers)+1<<12 {
			s.used[made] = true
			return made
		}
	}
}
