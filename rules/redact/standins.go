package redact

import (
	"bytes"
	"net/netip"
	"strings"

	"github.com/smtplint/smtplint/rules/private"
	"github.com/smtplint/smtplint/transcripts"
)

// standIns puts stand-ins in the place of addresses, each always the same one
// and as long as what it stands for: words for words, so that mx.corp.com is
// still a host of corp.com, in names that are kept for examples.
type standIns struct {
	domains map[string]bool   // in lower case, the last two labels of each
	words   map[string]string // by what they stand for, in lower case
	taken   map[int]int       // words that were made up, by their length
	numbers map[netip.Addr]string
	next    map[int]netip.Addr // the last number of a length that was made up
	used    map[string]bool    // names of domains, and numbers
}

// count returns how many stand-ins there are.
func (s *standIns) count() int { return len(s.words) + len(s.numbers) }

// meet learns the names of hosts by which the sides of a session greet.
func (s *standIns) meet(session *transcripts.Session) {
	for i := range session.Exchanges {
		e := &session.Exchanges[i]
		switch {
		case e.Kind == transcripts.Connected, e.Kind == transcripts.Ordered && e.Command.Verb.Hello():
			s.greet(e.Command.Args)
			if e.Reply.Recorded() && e.Reply.Code.OK() {
				s.greet(e.Reply.Lines[0].Text)
			}
		}
	}
}

// greet learns the name that text begins with, if it is one.
func (s *standIns) greet(text string) {
	name, _, _ := strings.Cut(text, " ")
	if strings.Trim(lower([]byte(name)), "abcdefghijklmnopqrstuvwxyz0123456789-.") == "" {
		s.know(name)
	}
}

// look learns the domains of mail addresses in text.
func (s *standIns) look(text []byte) {
	if bytes.IndexByte(text, '@') < 0 {
		return
	}
	for span := range private.Mailboxes(string(text)) {
		_, domain, _ := bytes.Cut(text[span.From:span.To], []byte{'@'})
		s.know(string(domain))
	}
}

// lookAround learns the domains of mail addresses outside of the conversations.
// There, what looks like one may be octets of anything; what stands between
// brackets, blanks and the like is one.
func (s *standIns) lookAround(data []byte) {
	const around = " \t\r\n<>()[]{}\"'`,;:=|"
	for begin := 0; begin < len(data); {
		end := lineEnd(data, begin)
		line := data[begin:end]
		begin = end + 1
		if bytes.IndexByte(line, '@') < 0 {
			continue
		}
		for span := range private.Mailboxes(string(line)) {
			before, after := max(0, span.From-1), min(span.To, len(line)-1)
			if span.From > 0 && strings.IndexByte(around, line[before]) < 0 || span.To < len(line) && strings.IndexByte(around, line[after]) < 0 {
				continue
			}
			s.look(line[span.From:span.To])
		}
	}
}

// know learns a domain that may be somebody's.
func (s *standIns) know(domain string) {
	domain = strings.TrimSuffix(lower([]byte(domain)), ".")
	if !private.RealDomain(domain) {
		return
	}
	if _, err := netip.ParseAddr(domain); err == nil {
		return
	}
	if s.domains == nil {
		s.domains = map[string]bool{}
	}
	s.domains[domain[unit(domain):]] = true
}

// unit returns where the last two labels of a domain begin.
func unit(domain string) int {
	dot := strings.LastIndexByte(domain, '.')
	return strings.LastIndexByte(domain[:max(0, dot)], '.') + 1
}

// mask puts stand-ins into text.
func (s *standIns) mask(text []byte) {
	s.each(text, func(from int, standIn []byte) { copy(text[from:], standIn) })
}

// each calls put for every address in text that gets a stand-in.
func (s *standIns) each(text []byte, put func(from int, standIn []byte)) {
	if bytes.IndexByte(text, '.') >= 0 || bytes.IndexByte(text, ':') >= 0 {
		for span, addr := range private.Addresses(string(text)) {
			if private.Public(addr) {
				put(span.From, []byte(s.number(addr, string(text[span.From:span.To]))))
			}
		}
	}
	if len(s.domains) == 0 {
		return
	}
	done := 0
	for at := 0; at < len(text); at++ {
		if !inHost(text[at]) {
			continue
		}
		end := at
		for end < len(text) && inHost(text[end]) {
			end++
		}
		if bytes.IndexByte(text[at:end], '.') >= 0 {
			if from, to, standIn := s.address(text, at, end, done); standIn != nil {
				put(from, standIn)
				done = to
			}
		}
		at = end
	}
}

func inHost(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '-' || c == '.' || c >= 0x80
}

// address returns the stand-in for the host between two places of text, where it
// is somebody's, with the local part in front of it. What stands before done has
// its stand-in.
func (s *standIns) address(text []byte, from, to, done int) (begin, end int, standIn []byte) {
	for to > from && (text[to-1] == '.' || text[to-1] == '-') {
		to--
	}
	if from > 0 && text[from-1] == '\\' {
		from += escape(text[from:to])
	}
	for from < to && text[from] == '.' {
		from++
	}
	if to-from > 4 && text[from+3] == '-' && isDigit(text[from]) && isDigit(text[from+1]) && isDigit(text[from+2]) {
		from += 4 // the code of a reply
	}
	name := lower(text[from:to])
	start := unit(name)
	if !s.domains[name[start:]] {
		return 0, 0, nil
	}
	begin = from
	if from > done && text[from-1] == '@' {
		begin = localPart(text, from-1, done)
	}
	standIn = bytes.Clone(text[begin:to])
	domain := standIn[from-begin:]
	if begin < from && !private.Role(string(text[begin:from-1])) {
		s.replaceWords(standIn[:from-begin-1])
	}
	s.replaceWords(domain[:start])
	copy(domain[start:], sameCase(s.domain(name[start:]), domain[start:]))
	return begin, to, standIn
}

// localPart returns where the local part begins that ends at a place of text.
func localPart(text []byte, at, done int) (from int) {
	from = at
	if from > done+1 && text[from-1] == '"' {
		for from--; from > done && text[from-1] != '"'; from-- {
		}
		return from
	}
	for from > done && (inHost(text[from-1]) || text[from-1] == '_' || text[from-1] == '+') {
		from--
	}
	if from > done && text[from-1] == '\\' {
		from += escape(text[from:at])
	}
	return from
}

// escape returns how many octets belong to an escape whose backslash stands in
// front of text.
func escape(text []byte) int {
	switch {
	case len(text) >= 3 && text[0] == 'x':
		return 3
	case len(text) >= 5 && text[0] == 'u':
		return 5
	case len(text) > 0 && isDigit(text[0]):
		n := 1
		for n < 3 && n < len(text) && isDigit(text[n]) {
			n++
		}
		return n
	}
	return min(1, len(text))
}

// replaceWords puts stand-ins in the place of all words of text.
func (s *standIns) replaceWords(text []byte) {
	for at := 0; at < len(text); {
		if at > 0 && text[at-1] == '+' && at+2 <= len(text) && isHexCapital(text[at]) && isHexCapital(text[at+1]) {
			at += 2 // an octet in xtext (RFC 3461 §4)
			continue
		}
		end := at
		for end < len(text) && (isLetter(text[end]) || isDigit(text[end]) || text[end] >= 0x80) {
			end++
		}
		if word := text[at:end]; len(word) > 0 {
			copy(word, sameCase(s.word(lower(word)), word))
		}
		at = max(end, at+1)
	}
}

// lower writes letters of ASCII small, which keeps the length of text.
func lower(text []byte) string {
	b := bytes.Clone(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func isHexCapital(c byte) bool { return isDigit(c) || isCapital(c) }

// sameCase writes a stand-in with capitals where the original has them.
func sameCase(standIn string, original []byte) []byte {
	b := []byte(standIn)
	for i := range b {
		if i < len(original) && 'A' <= original[i] && original[i] <= 'Z' && 'a' <= b[i] && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return b
}
