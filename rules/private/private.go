// Package private finds what is somebody's own in text: mail addresses and
// public IP addresses, other than those that are kept for examples.
package private

import (
	"iter"
	"net/netip"
	"strings"
)

// A Span is a piece of a text, from one octet up to another.
type Span struct{ From, To int }

// Mailboxes yields where mail addresses stand in text: words with "@" between
// them. Quoted local parts and address literals are left out.
func Mailboxes(text string) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for at := 0; ; {
			n := strings.IndexByte(text[at:], '@')
			if n < 0 {
				return
			}
			at += n
			from, to := at, at+1
			for from > 0 && inLocal(text[from-1]) {
				from--
			}
			for to < len(text) && inHost(text[to]) {
				to++
			}
			for from < at && text[from] == '.' {
				from++
			}
			for to > at+1 && (text[to-1] == '.' || text[to-1] == '-') {
				to--
			}
			if from < at && to > at+1 && !yield(Span{from, to}) {
				return
			}
			at++
		}
	}
}

func inHost(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c >= 0x80
}

func inLocal(c byte) bool { return inHost(c) || c == '_' || c == '+' }

// Addresses yields where IP addresses stand in text.
func Addresses(text string) iter.Seq2[Span, netip.Addr] {
	return func(yield func(Span, netip.Addr) bool) {
		for from := 0; from < len(text); {
			const tag = "IPv6:" // RFC 5321 §4.1.3
			if len(text)-from > len(tag) && strings.EqualFold(text[from:from+len(tag)], tag) {
				from += len(tag)
			}
			to, dots, colons := from, 0, 0
			for to < len(text) && inAddress(text[to]) {
				switch text[to] {
				case '.':
					dots++
				case ':':
					colons++
				}
				to++
			}
			alone := (from == 0 || !joins(text[from-1])) && (to == len(text) || !joins(text[to])) && !versionNext(text[:from])
			if alone && (dots >= 3 || colons >= 2) && to-from <= 46 {
				word := strings.TrimRight(text[from:to], ".:")
				if a, err := netip.ParseAddr(word); err == nil {
					if !yield(Span{from, from + len(word)}, a) {
						return
					}
				} else if host, _, ok := strings.Cut(word, ":"); ok && dots == 3 { // with a port
					if a, err := netip.ParseAddr(host); err == nil && !yield(Span{from, from + len(host)}, a) {
						return
					}
				}
			}
			from = max(to, from+1)
		}
	}
}

// joins reports whether c makes a longer word of an address: a name, or versions
// with a slash between them.
func joins(c byte) bool { return inLocal(c) || c == '/' }

// versionNext reports whether text ends with a word behind which comes the
// number of a version, which may have four parts: Sendmail 8.17.1.9.
func versionNext(text string) bool {
	word := strings.TrimRight(text, " ")
	word = strings.TrimSuffix(word[strings.LastIndexAny(word, " (;,")+1:], ":")
	switch strings.ToLower(word) {
	case "build", "exim", "release", "sendmail", "version":
		return true
	}
	return false
}

func inAddress(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' || c == '.' || c == ':'
}

// Real reports whether a mail address may be somebody's: its domain is none
// that is kept for examples, and its name none that belongs to a role.
func Real(mailbox string) bool {
	local, domain, _ := strings.Cut(mailbox, "@")
	return RealDomain(domain) && !Role(local)
}

// RealDomain reports whether a domain may be somebody's (RFC 2606, RFC 6761,
// RFC 6762), nor one of the top-level domain that ISO 3166 keeps from being
// given to a country, nor masked. A name without a period is none.
func RealDomain(domain string) bool {
	domain = strings.ToLower(strings.TrimSuffix(domain, "."))
	dot := strings.LastIndexByte(domain, '.')
	if dot < 0 || len(domain)-dot < len(".aa") || domain[0] == '[' || domain[0] == '.' || Masked(domain) {
		return false
	}
	for _, kept := range [...]string{"test", "example", "invalid", "localhost", "local", "localdomain", "zz", "example.com", "example.net", "example.org"} {
		if domain == kept || strings.HasSuffix(domain, "."+kept) {
			return false
		}
	}
	return true
}

// Role reports whether a name belongs to a role or a program (RFC 2142), not to
// a person.
func Role(local string) bool {
	switch strings.ToLower(local) {
	case "postmaster", "hostmaster", "webmaster", "abuse", "noc", "security", "info", "support", "root", "admin", "administrator",
		"mailer-daemon", "noreply", "no-reply", "nobody", "bounce", "bounces":
		return true
	}
	return false
}

// documentation are the addresses that are kept for examples (RFC 5737, RFC
// 3849, RFC 9637), for measurements (RFC 2544), for what providers share (RFC
// 6598), and those that no host has (RFC 6890).
var documentation = []netip.Prefix{
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("3fff::/20"), netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("240.0.0.0/4"),
}

// unicast are the IPv6 addresses that hosts in the Internet have (RFC 4291 §4).
var unicast = netip.MustParsePrefix("2000::/3")

// Public reports whether an IP address may be somebody's in the Internet.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.Is6() && !unicast.Contains(a) {
		return false
	}
	for _, p := range documentation {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
