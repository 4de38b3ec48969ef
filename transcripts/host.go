package transcripts

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

// A Host is a Domain or an address-literal (RFC 5321 §4.1.2, §4.1.3).
type Host struct {
	Text string     // as written, a literal with its brackets
	Addr netip.Addr // of a literal, or of an address that lacks its brackets
	Flaw Flaw       // the first one
}

// Literal reports whether this is, or was meant to be, an address literal.
func (h *Host) Literal() bool { return strings.HasPrefix(h.Text, "[") }

// Labels counts the labels of a domain; a literal has none.
func (h *Host) Labels() int {
	name := strings.TrimSuffix(h.Text, ".")
	if name == "" || h.Literal() {
		return 0
	}
	return strings.Count(name, ".") + 1
}

// ParseHost takes a domain or an address literal apart.
func ParseHost(text string) (h Host) {
	h.parse(text)
	return h
}

func (h *Host) parse(text string) {
	h.Text = text
	switch {
	case text == "":
		h.Flaw.Kind = EmptyDomain
	case text[0] == '[':
		h.Addr, h.Flaw = parseLiteral(text)
	case text[0] == '#' && len(text) > 1 && strings.Trim(text[1:], "0123456789") == "":
		h.Flaw = Flaw{HostNumber, text}
	default:
		if end, _ := plainHost(text, 0); end == len(text) {
			return
		}
		if h.Addr = bareAddress(text); h.Addr.IsValid() {
			h.Flaw = Flaw{BareAddress, text}
		} else {
			h.Flaw = domainFlaw(text)
		}
	}
}

// bareAddress reads an IP address that stands without brackets.
func bareAddress(text string) netip.Addr {
	if strings.IndexByte(text, ':') < 0 && strings.Trim(text, "0123456789.") != "" {
		return netip.Addr{} // do not even try
	}
	address, _ := netip.ParseAddr(text)
	return address
}

// domainFlaw returns the first flaw of a domain. An underscore is the least of
// them: it is returned where nothing else is wrong.
func domainFlaw(text string) (flaw Flaw) {
	found := func(kind FlawKind, from, to int) {
		if flaw.None() || flaw.Kind == Underscore {
			flaw = Flaw{kind, text[from:to]}
		}
	}
	label := 0 // where it begins
	for n := 0; n <= len(text); {
		if n < len(text) && text[n] != '.' {
			size := 1
			switch c := text[n]; {
			case c >= utf8.RuneSelf:
				var ok bool
				if size, ok = runeAt(text[n:]); !ok {
					found(BadUTF8, n, n+size)
				}
			case c == '_' && flaw.None():
				flaw = Flaw{Underscore, text[n : n+1]}
			case c == '@':
				found(SecondAt, n, n+1)
			case c != '-' && c != '_' && octetClass[c]&inHost == 0:
				found(BadHost, n, n+1)
			}
			n += size
			continue
		}
		switch {
		case n > label:
			if text[label] == '-' || text[n-1] == '-' {
				found(HyphenEdge, label, n)
			}
		case n == 0:
			found(DottedStart, 0, 1)
		case n == len(text):
			found(DottedEnd, n-1, n)
		default:
			found(DoubleDot, n-1, n+1)
		}
		n++
		label = n
	}
	return flaw
}
