package transcripts

import (
	"net/netip"
	"strings"
)

// parseLiteral reads an address literal: "[192.0.2.1]" or "[IPv6:2001:db8::1]"
// (RFC 5321 §4.1.3). A zone is let pass: it is no part of the grammar, but
// programs print it.
func parseLiteral(text string) (netip.Addr, Flaw) {
	var none netip.Addr
	inner, closed := strings.CutSuffix(text[1:], "]")
	if !closed {
		return none, Flaw{OpenLiteral, text}
	}
	if len(inner) >= 5 && strings.EqualFold(inner[:5], "IPv6:") {
		address, err := netip.ParseAddr(inner[5:])
		if err != nil || !address.Is6() {
			return none, Flaw{BadIPv6, inner[5:]}
		}
		return address, Flaw{}
	}
	if inner != "" && strings.Trim(inner, "0123456789.") == "" {
		return parseIPv4(inner)
	}
	tag, _, tagged := strings.Cut(inner, ":")
	if !tagged {
		return none, Flaw{BadLiteral, inner}
	}
	if address, err := netip.ParseAddr(inner); err == nil {
		return address, Flaw{UntaggedIPv6, inner}
	}
	return none, Flaw{UnknownTag, tag}
}

// parseIPv4 reads IPv4-address-literal: four numbers of one to three digits,
// which may begin with zeros.
func parseIPv4(text string) (netip.Addr, Flaw) {
	var octets [4]byte
	rest := text
	for i := range octets {
		number := rest
		if i < 3 {
			number, rest, _ = strings.Cut(rest, ".")
		}
		value := 0
		for _, c := range []byte(number) {
			if !isDigit(c) || len(number) > 3 {
				return netip.Addr{}, Flaw{BadIPv4, text}
			}
			value = value*10 + int(c-'0')
		}
		switch {
		case number == "":
			return netip.Addr{}, Flaw{BadIPv4, text}
		case value > 255:
			return netip.Addr{}, Flaw{BadIPv4, number}
		}
		octets[i] = byte(value)
	}
	return netip.AddrFrom4(octets), Flaw{}
}
