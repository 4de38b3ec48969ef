package capture

import "encoding/binary"

// Types of link layers, as tcpdump.org numbers them.
const (
	linkNull     = 0 // BSD loopback
	linkEthernet = 1
	linkPPP      = 9
	linkRaw      = 101
	linkRawBSD   = 12
	linkRawOpen  = 14
	linkLoop     = 108 // OpenBSD loopback
	linkCooked   = 113 // Linux, "any" interface
	linkIPv4     = 228
	linkIPv6     = 229
	linkCooked2  = 276
)

// Ethernet's types of what is inside.
const (
	etherIPv4  = 0x0800
	etherIPv6  = 0x86dd
	etherVLAN  = 0x8100
	etherQinQ  = 0x88a8
	etherQinQ2 = 0x9100 // before it was standardised
	etherPPPoE = 0x8864
	pppIPv4    = 0x0021
	pppIPv6    = 0x0057
)

// network returns where in a frame its IP packet begins, -1 where there is
// none. The version of IP is in the packet's first octet.
func network(link uint32, b []byte) int {
	switch link {
	case linkEthernet:
		return ether(b, 14)
	case linkCooked:
		return ether(b, 16)
	case linkCooked2:
		if len(b) < 20 {
			return -1
		}
		return ethertype(b, binary.BigEndian.Uint16(b), 20)
	case linkRaw, linkRawBSD, linkRawOpen, linkIPv4, linkIPv6:
		return 0
	case linkNull, linkLoop:
		return loopback(b)
	case linkPPP:
		return ppp(b, 0)
	}
	return -1
}

// loopback takes a header that is the number of an address family, in the byte
// order of the machine. That of IPv6 differs from system to system.
func loopback(b []byte) int {
	if len(b) < 4 {
		return -1
	}
	family := binary.LittleEndian.Uint32(b)
	if family > 0xffff {
		family = binary.BigEndian.Uint32(b)
	}
	switch family {
	case 2, 10, 24, 28, 30:
		return 4
	}
	return -1
}

// ether takes a header whose last two octets are the type of what follows it.
func ether(b []byte, header int) int {
	if len(b) < header {
		return -1
	}
	return ethertype(b, binary.BigEndian.Uint16(b[header-2:]), header)
}

// ethertype follows the tags of virtual networks.
func ethertype(b []byte, kind uint16, at int) int {
	for kind == etherVLAN || kind == etherQinQ || kind == etherQinQ2 {
		if len(b) < at+4 {
			return -1
		}
		kind = binary.BigEndian.Uint16(b[at+2:])
		at += 4
	}
	switch kind {
	case etherIPv4, etherIPv6:
		return at
	case etherPPPoE:
		return ppp(b, at+6)
	}
	return -1
}

// ppp takes the protocol number at octet at, with the address and control
// octets before it where they are not left out (RFC 1662 §3.1).
func ppp(b []byte, at int) int {
	if len(b) >= at+2 && b[at] == 0xff && b[at+1] == 3 {
		at += 2
	}
	if len(b) < at+2 {
		return -1
	}
	switch binary.BigEndian.Uint16(b[at:]) {
	case pppIPv4, pppIPv6:
		return at + 2
	}
	return -1
}
