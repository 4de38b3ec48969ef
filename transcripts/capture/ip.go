package capture

import (
	"encoding/binary"
	"net/netip"

	"github.com/smtplint/smtplint/transcripts"
)

// addr is an IP address; an IPv4 address is written as IPv6 maps it.
type addr struct{ hi, lo uint64 }

func addr4(b []byte) addr { return addr{0, 0xffff<<32 | uint64(binary.BigEndian.Uint32(b))} }

func addr6(b []byte) addr {
	return addr{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
}

// ip returns the address as the standard library knows it.
func (a addr) ip() netip.Addr {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], a.hi)
	binary.BigEndian.PutUint64(b[8:], a.lo)
	return netip.AddrFrom16(b).Unmap()
}

// A segment is one TCP segment. Its data is lent, like that of its frame.
type segment struct {
	src, dst     addr
	sport, dport uint16
	shared       bool // data lies where fragments are put together
	arrival
}

// origin is where octets stand in the capture.
type origin struct {
	at     transcripts.Instant
	packet uint32
	lines  int // that have begun in the packet so far
}

const (
	flagFIN = 1 << iota
	flagSYN
	flagRST
	_
	flagACK
)

// Numbers of protocols inside IP.
const (
	protoHopByHop    = 0
	protoTCP         = 6
	protoRouting     = 43
	protoFragment    = 44
	protoAuth        = 51
	protoDestination = 60
	protoMobility    = 135
)

// find takes the segment out of a frame, and reports whether there is one.
func (p *fragments) find(f *frame, s *segment) bool {
	n := network(f.link, f.data)
	if n < 0 || n >= len(f.data) {
		return false
	}
	b, wire, found := f.data[n:], f.wire-n, false
	switch b[0] >> 4 {
	case 4:
		found = p.ipv4(b, wire, s)
	case 6:
		found = p.ipv6(b, wire, s)
	}
	if !found {
		return false
	}
	s.at, s.packet = f.at, f.number
	return true
}

// ipv4 takes a packet of which wire octets were on the wire, and reports
// whether s is a segment now.
func (p *fragments) ipv4(b []byte, wire int, s *segment) bool {
	if len(b) < 20 {
		return false
	}
	header, total := int(b[0]&15)*4, int(binary.BigEndian.Uint16(b[2:]))
	if total == 0 { // the network card was to fill it in
		total = wire
	}
	if header < 20 || total < header || len(b) < header {
		return false
	}
	part := binary.BigEndian.Uint16(b[6:])
	if b[9] != protoTCP && part&0x3fff == 0 {
		return false
	}
	total = min(total, wire) // padding is no part of the packet
	inside := b[header:min(total, len(b))]
	s.src, s.dst = addr4(b[12:]), addr4(b[16:])
	if part&0x3fff != 0 { // a fragment: RFC 791 §3.2
		key := fragmentKey{s.src, s.dst, uint32(binary.BigEndian.Uint16(b[4:])), b[9]}
		inside = p.add(key, int(part&0x1fff)*8, part&0x2000 != 0, inside, total-header)
		if inside == nil || b[9] != protoTCP {
			return false
		}
		s.shared = true
		return tcp(inside, len(inside), s)
	}
	return tcp(inside, total-header, s)
}

// ipv6 does the same for IPv6, through its extension headers (RFC 8200 §4).
func (p *fragments) ipv6(b []byte, wire int, s *segment) bool {
	if len(b) < 40 {
		return false
	}
	s.src, s.dst = addr6(b[8:]), addr6(b[24:])
	next, length := b[6], int(binary.BigEndian.Uint16(b[4:]))
	if length == 0 { // a jumbogram, or for the network card to fill in
		length = wire - 40
	}
	length = min(length, wire-40)
	b = b[40:]
	b = b[:min(len(b), max(length, 0))]
	for range 16 {
		if next == protoTCP {
			return tcp(b, length, s)
		}
		if len(b) < 8 {
			return false
		}
		header := 8
		switch next {
		case protoHopByHop, protoRouting, protoDestination, protoMobility:
			header += int(b[1]) * 8
		case protoAuth:
			header = int(b[1])*4 + 8
		case protoFragment:
			part := binary.BigEndian.Uint16(b[2:])
			key := fragmentKey{s.src, s.dst, binary.BigEndian.Uint32(b[4:]), b[0]}
			if part&0xfff9 != 0 {
				whole := p.add(key, int(part&0xfff8), part&1 != 0, b[8:], length-8)
				if whole == nil {
					return false
				}
				s.shared = true
				next, b, length = key.proto, whole, len(whole)
				continue
			}
		default:
			return false
		}
		if len(b) < header {
			return false
		}
		next, b, length = b[0], b[header:], length-header
	}
	return false
}

// tcp takes a segment apart of which length octets were on the wire (RFC 9293
// §3.1), and reports whether it is one.
func tcp(b []byte, length int, s *segment) bool {
	const least = 14 // up to the flags; a short snap length may cut off the rest
	if len(b) < least {
		return false
	}
	header := int(b[12]>>4) * 4
	if header < 20 || header > length {
		return false
	}
	s.sport, s.dport = binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	s.seq, s.ack = binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[8:])
	s.flags = b[13]
	s.data = b[min(header, len(b)):]
	s.lost = int32(length - header - len(s.data))
	return true
}
