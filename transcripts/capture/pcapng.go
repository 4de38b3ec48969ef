package capture

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/smtplint/smtplint/transcripts"
)

// Types of blocks in a pcapng file (draft-ietf-opsawg-pcapng).
const (
	blockSection   = 0x0a0d0d0a
	blockInterface = 1
	blockPacket    = 2 // obsolete
	blockSimple    = 3
	blockEnhanced  = 6

	sectionMagic = 0x1a2b3c4d

	optionEnd    = 0
	optionResol  = 9  // if_tsresol
	optionOffset = 14 // if_tsoffset
)

// pcapngFile reads a pcapng file: sections, each with its byte order and its
// interfaces, made of blocks.
type pcapngFile struct {
	*source
	order  binary.ByteOrder
	ifaces []iface
	count  uint32
}

// iface is what a section says about an interface.
type iface struct {
	link    uint32
	snap    uint32
	resol   byte  // of its times: 10 to the -n seconds, or 2 to the -n with the high bit
	seconds int64 // to be added to its times
}

const mostInterfaces = 1 << 12

// ngOrder returns the byte order of a section that begins with head, nil where
// it is none.
func ngOrder(head []byte) binary.ByteOrder {
	if len(head) < 12 || binary.BigEndian.Uint32(head) != blockSection {
		return nil
	}
	for _, order := range [...]binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		if order.Uint32(head[8:]) == sectionMagic {
			return order
		}
	}
	return nil
}

func newPcapngFile(src *source) *pcapngFile { return &pcapngFile{source: src} }

func (p *pcapngFile) next(f *frame) (bool, error) {
	for {
		h := p.see(12)
		if h == nil {
			return false, p.fault()
		}
		if order := ngOrder(h); order != nil {
			p.order, p.ifaces = order, p.ifaces[:0]
		}
		kind, length := p.order.Uint32(h), int64(p.order.Uint32(h[4:]))
		if length < 12 {
			return false, fmt.Errorf("the block behind packet %d claims to have %d octets: the capture is damaged there", p.count, length)
		}
		length = (length + 3) &^ 3
		packet := kind == blockEnhanced || kind == blockSimple || kind == blockPacket
		if packet {
			p.count++
		}
		if length > int64(len(p.buf)) || !packet && kind != blockInterface {
			if !p.skip(length) {
				return false, p.fault()
			}
			continue
		}
		b := p.see(int(length))
		if b == nil {
			return false, p.fault()
		}
		body := b[8 : length-4]
		p.take(int(length))
		if !packet {
			p.addInterface(body)
		} else if p.packet(f, kind, body) {
			return true, nil
		}
	}
}

func (p *pcapngFile) addInterface(b []byte) {
	if len(b) < 8 || len(p.ifaces) == mostInterfaces {
		return
	}
	i := iface{link: uint32(p.order.Uint16(b)), snap: p.order.Uint32(b[4:]), resol: 6}
	for b = b[8:]; len(b) >= 4; {
		code, length := p.order.Uint16(b), int(p.order.Uint16(b[2:]))
		b = b[4:]
		if code == optionEnd || length > len(b) {
			break
		}
		switch {
		case code == optionResol && length >= 1:
			i.resol = b[0]
		case code == optionOffset && length >= 8:
			i.seconds = int64(p.order.Uint64(b))
		}
		b = b[min(len(b), (length+3)&^3):]
	}
	p.ifaces = append(p.ifaces, i)
}

// packet fills f from the body of a block, and reports whether it could.
func (p *pcapngFile) packet(f *frame, kind uint32, b []byte) bool {
	var index, wire, length uint32
	var time uint64
	header := 20
	switch {
	case kind == blockSimple:
		header = 4
		if len(b) < header || len(p.ifaces) == 0 {
			return false
		}
		wire = p.order.Uint32(b)
		length = min(wire, uint32(len(b)-header))
		if snap := p.ifaces[0].snap; snap > 0 {
			length = min(length, snap)
		}
	case len(b) < header:
		return false
	default:
		if kind == blockEnhanced {
			index = p.order.Uint32(b)
		} else {
			index = uint32(p.order.Uint16(b))
		}
		time = uint64(p.order.Uint32(b[4:]))<<32 | uint64(p.order.Uint32(b[8:]))
		length, wire = p.order.Uint32(b[12:]), p.order.Uint32(b[16:])
	}
	if index >= uint32(len(p.ifaces)) || length > uint32(len(b)-header) {
		return false
	}
	i := &p.ifaces[index]
	f.number, f.link, f.at = p.count, i.link, 0
	if kind != blockSimple {
		f.at = i.instant(time)
	}
	f.data = b[header : header+int(length)]
	f.wire = int(max(length, min(wire, 1<<30)))
	return true
}

// instant converts a time in the interface's unit. What lies beyond the year
// 2262 becomes nonsense, which is what it is.
func (i *iface) instant(t uint64) transcripts.Instant {
	n := i.resol & 0x7f
	var ns int64
	switch {
	case i.resol&0x80 != 0:
		hi, lo := bits.Mul64(t, 1e9)
		ns = int64(hi<<(64-min(n, 64)) | lo>>min(n, 64))
		if n == 0 {
			ns = int64(lo)
		}
	case n <= 9:
		ns = int64(t) * power10[9-n]
	case n <= 18:
		ns = int64(t / uint64(power10[n-9]))
	}
	return transcripts.Instant(ns + i.seconds*1e9)
}

var power10 = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}
