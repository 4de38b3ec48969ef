package workload

import (
	"encoding/binary"
	"strings"
)

// connections is how many of them a capture is in the middle of.
const connections = 200

const segment = 1448 // octets of content in a full packet

// A flow is one TCP connection. Its ends are numbered 0 for the client and 1 for
// the server.
type flow struct {
	steps []step
	port  uint16
	seq   [2]uint32
}

const (
	fin = 1 << iota
	syn
	_
	psh
	ack
)

// packets writes frames, each a little later than the one before.
type packets struct {
	out   *output
	at    uint64 // microseconds
	frame [54 + 16]byte
}

// writeCapture writes a capture in the classic format, of Ethernet and IPv4.
func writeCapture(out *output, g *generator, size int64) {
	var head [24]byte
	binary.LittleEndian.PutUint32(head[0:], 0xa1b2c3d4)
	binary.LittleEndian.PutUint16(head[4:], 2)
	binary.LittleEndian.PutUint16(head[6:], 4)
	binary.LittleEndian.PutUint32(head[16:], 1<<18)
	binary.LittleEndian.PutUint32(head[20:], 1)
	out.put(string(head[:]))
	p := &packets{out: out, at: 1_700_000_000_000_000}
	var all [connections]flow
	for begun, busy := 0, 0; (out.n < size || busy > 0) && out.err == nil; {
		f := &all[g.r.IntN(connections)]
		if len(f.steps) == 0 {
			if out.n >= size {
				continue
			}
			begun, busy = begun+1, busy+1
			*f = flow{steps: append(f.steps, g.session()...), port: uint16(10_000 + begun%50_000), seq: [2]uint32{g.r.Uint32(), g.r.Uint32()}}
			p.send(f, 0, syn, "")
			p.send(f, 1, syn|ack, "")
			p.send(f, 0, ack, "")
			continue
		}
		p.turn(f)
		if len(f.steps) == 0 {
			busy--
			p.send(f, 1, fin|ack, "")
			p.send(f, 0, fin|ack, "")
			p.send(f, 1, ack, "")
		}
	}
}

// turn sends what one end says until the other has its say.
func (p *packets) turn(f *flow) {
	server := f.steps[0].server
	var said strings.Builder
	n := 0
	for ; n < len(f.steps) && f.steps[n].server == server; n++ {
		said.WriteString(f.steps[n].text)
		said.WriteString("\r\n")
	}
	f.steps = f.steps[n:]
	from := 0
	if server {
		from = 1
	}
	for data := said.String(); data != ""; {
		part := data[:min(len(data), segment)]
		data = data[len(part):]
		p.send(f, from, psh|ack, part)
		if data != "" || len(part) < segment {
			p.send(f, 1-from, ack, "")
		}
	}
}

// send writes a packet of one end of a connection.
func (p *packets) send(f *flow, from int, flags byte, data string) {
	b := p.frame[:]
	p.at += 20
	binary.LittleEndian.PutUint32(b[0:], uint32(p.at/1_000_000))
	binary.LittleEndian.PutUint32(b[4:], uint32(p.at%1_000_000))
	binary.LittleEndian.PutUint32(b[8:], uint32(54+len(data)))
	binary.LittleEndian.PutUint32(b[12:], uint32(54+len(data)))
	binary.BigEndian.PutUint16(b[16+12:], 0x0800)
	ip := b[16+14:]
	ip[0], ip[8], ip[9] = 0x45, 64, 6
	binary.BigEndian.PutUint16(ip[2:], uint16(40+len(data)))
	ends := [2][4]byte{{192, 0, 2, 2}, {192, 0, 2, 1}}
	ports := [2]uint16{f.port, 25}
	copy(ip[12:], ends[from][:])
	copy(ip[16:], ends[1-from][:])
	binary.BigEndian.PutUint16(ip[10:], 0)
	binary.BigEndian.PutUint16(ip[10:], checksum(ip[:20]))
	tcp := ip[20:]
	binary.BigEndian.PutUint16(tcp[0:], ports[from])
	binary.BigEndian.PutUint16(tcp[2:], ports[1-from])
	binary.BigEndian.PutUint32(tcp[4:], f.seq[from])
	binary.BigEndian.PutUint32(tcp[8:], 0)
	if flags&ack != 0 {
		binary.BigEndian.PutUint32(tcp[8:], f.seq[1-from])
	}
	tcp[12], tcp[13] = 5<<4, flags
	binary.BigEndian.PutUint16(tcp[14:], 0xffff)
	f.seq[from] += uint32(len(data))
	if flags&(syn|fin) != 0 {
		f.seq[from]++
	}
	p.out.put(string(b), data)
}

// checksum is that of RFC 1071.
func checksum(b []byte) uint16 {
	sum := uint32(0)
	for i := 0; i < len(b); i += 2 {
		sum += uint32(binary.BigEndian.Uint16(b[i:]))
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}
