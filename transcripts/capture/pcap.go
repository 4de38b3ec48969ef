package capture

import (
	"encoding/binary"
	"fmt"

	"github.com/smtplint/smtplint/transcripts"
)

// A frame is one captured packet. Its data is valid until the buffer that it
// lies in is filled again.
type frame struct {
	number uint32 // from 1
	link   uint32 // type of the link layer, a LINKTYPE of tcpdump.org
	at     transcripts.Instant
	data   []byte
	wire   int // its length on the wire, at least len(data)
}

// frames reads one file format. next returns false at the end.
type frames interface {
	next(f *frame) (bool, error)
}

// The first octets of a pcap file say its byte order and its unit of time.
const (
	magicMicro    = 0xa1b2c3d4
	magicNano     = 0xa1b23c4d
	magicModified = 0xa1b2cd34 // Alexey Kuznetzov's, with longer record headers
)

// pcapFile reads a pcap file (draft-ietf-opsawg-pcap): a header, then records
// of a short header and a frame each.
type pcapFile struct {
	*source
	order  binary.ByteOrder
	little bool
	link   uint32
	unit   int64 // nanoseconds
	header int   // length of a record's header
	count  uint32
}

const pcapHeader = 24

// pcapOrder returns the byte order of a pcap file that begins with head, nil
// where it is none.
func pcapOrder(head []byte) binary.ByteOrder {
	if len(head) < pcapHeader {
		return nil
	}
	for _, order := range [...]binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		switch order.Uint32(head) {
		case magicMicro, magicNano, magicModified:
			return order
		}
	}
	return nil
}

func newPcapFile(src *source) *pcapFile {
	head := src.see(pcapHeader)
	f := &pcapFile{source: src, order: pcapOrder(head), unit: 1000, header: 16}
	f.little = f.order == binary.LittleEndian
	switch f.order.Uint32(head) {
	case magicNano:
		f.unit = 1
	case magicModified:
		f.header = 24
	}
	f.link = f.order.Uint32(head[20:]) & 0xffff // the upper half tells of frame check sequences
	src.take(pcapHeader)
	return f
}

func (p *pcapFile) next(f *frame) (bool, error) {
	h := p.buf[p.r:p.w]
	if len(h) < p.header {
		if h = p.see(p.header); h == nil {
			return false, p.fault()
		}
	}
	var sec, frac, length, wire uint32
	if p.little {
		sec, frac = binary.LittleEndian.Uint32(h), binary.LittleEndian.Uint32(h[4:])
		length, wire = binary.LittleEndian.Uint32(h[8:]), binary.LittleEndian.Uint32(h[12:])
	} else {
		sec, frac = binary.BigEndian.Uint32(h), binary.BigEndian.Uint32(h[4:])
		length, wire = binary.BigEndian.Uint32(h[8:]), binary.BigEndian.Uint32(h[12:])
	}
	p.count++
	if length > uint32(len(p.buf)-p.header) {
		return false, fmt.Errorf("packet %d claims to have %d octets: the capture is damaged there", p.count, length)
	}
	n := p.header + int(length)
	if p.w-p.r < n && !p.fill(n) {
		return false, p.fault()
	}
	b := p.buf[p.r : p.r+n]
	f.number, f.link = p.count, p.link
	f.at = transcripts.Instant(int64(sec)*1e9 + int64(frac)*p.unit)
	f.data = b[p.header:]
	f.wire = int(max(length, min(wire, 1<<30)))
	p.take(n)
	return true, nil
}
