package capture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

// packet is an IP packet on its way.
type packet struct {
	at int64 // nanoseconds
	ip []byte
}

// packetsOf takes the IP packets out of a capture.
func packetsOf(t testing.TB, data []byte) (all []packet) {
	src := newSource(bytes.NewReader(data))
	defer src.release()
	file, err := framesOf(src)
	if err != nil {
		t.Fatal(err)
	}
	var f frame
	for {
		if more, err := file.next(&f); !more {
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		if n := network(f.link, f.data); n >= 0 {
			all = append(all, packet{int64(f.at), bytes.Clone(f.data[n:])})
		}
	}
}

// wrap puts a header of a link layer before an IP packet.
type wrap struct {
	name string
	link uint32
	do   func(ip []byte) []byte
}

func header(before string, v4, v6 string, after string) func([]byte) []byte {
	return func(ip []byte) []byte {
		kind := v4
		if ip[0]>>4 == 6 {
			kind = v6
		}
		return append([]byte(before+kind+after), ip...)
	}
}

const macs = "\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02"

var wraps = []wrap{
	{"Ethernet", linkEthernet, header(macs, "\x08\x00", "\x86\xdd", "")},
	{"VLAN", linkEthernet, header(macs+"\x81\x00\x00\x07", "\x08\x00", "\x86\xdd", "")},
	{"QinQ", linkEthernet, header(macs+"\x88\xa8\x00\x07\x81\x00\x00\x08", "\x08\x00", "\x86\xdd", "")},
	{"PPPoE", linkEthernet, header(macs+"\x88\x64\x11\x00\x00\x01\x00\x00", "\x00\x21", "\x00\x57", "")},
	{"Linux cooked", linkCooked, header("\x00\x00\x00\x01\x00\x06\x02\x00\x00\x00\x00\x01\x00\x00", "\x08\x00", "\x86\xdd", "")},
	{"Linux cooked 2", linkCooked2, header("", "\x08\x00", "\x86\xdd", "\x00\x00\x00\x00\x00\x01\x00\x01\x00\x06\x02\x00\x00\x00\x00\x01\x00\x00")},
	{"BSD loopback", linkNull, header("", "\x02\x00\x00\x00", "\x1e\x00\x00\x00", "")},
	{"BSD loopback, big end first", linkNull, header("", "\x00\x00\x00\x02", "\x00\x00\x00\x18", "")},
	{"OpenBSD loopback", linkLoop, header("", "\x00\x00\x00\x02", "\x00\x00\x00\x18", "")},
	{"PPP", linkPPP, header("\xff\x03", "\x00\x21", "\x00\x57", "")},
	{"raw", linkRaw, header("", "", "", "")},
}

// pcapOf writes a pcap file.
func pcapOf(order binary.AppendByteOrder, magic, link uint32, unit int64, all []packet, do func([]byte) []byte) []byte {
	out := order.AppendUint32(nil, magic)
	out = order.AppendUint16(out, 2)
	out = order.AppendUint16(out, 4)
	for _, v := range []uint32{0, 0, 262144, link} {
		out = order.AppendUint32(out, v)
	}
	for _, p := range all {
		b := do(p.ip)
		for _, v := range []uint32{uint32(p.at / 1e9), uint32(p.at % 1e9 / unit), uint32(len(b)), uint32(len(b))} {
			out = order.AppendUint32(out, v)
		}
		if magic == magicModified {
			out = append(out, make([]byte, 8)...)
		}
		out = append(out, b...)
	}
	return out
}

// pcapngOf writes a pcapng file whose times count units of 2^-20 seconds.
func pcapngOf(order binary.AppendByteOrder, all []packet, wraps []wrap) []byte {
	block := func(out []byte, kind uint32, body []byte) []byte {
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
		out = order.AppendUint32(out, kind)
		out = order.AppendUint32(out, uint32(len(body)+12))
		out = append(out, body...)
		return order.AppendUint32(out, uint32(len(body)+12))
	}
	section := order.AppendUint32(nil, sectionMagic)
	section = order.AppendUint16(section, 1)
	section = order.AppendUint16(section, 0)
	section = order.AppendUint64(section, ^uint64(0))
	out := block(nil, blockSection, section)
	for _, w := range wraps {
		i := order.AppendUint16(nil, uint16(w.link))
		i = order.AppendUint16(i, 0)
		i = order.AppendUint32(i, 0)
		i = order.AppendUint16(i, optionResol)
		i = order.AppendUint16(i, 1)
		i = append(i, 0x80|20, 0, 0, 0)
		out = block(out, blockInterface, order.AppendUint32(i, optionEnd))
	}
	out = block(out, 0x0bad, []byte("something that nobody knows"))
	for n, p := range all {
		w := n % len(wraps)
		b := wraps[w].do(p.ip)
		units := uint64(p.at/1e9)<<20 | uint64(p.at%1e9)<<20/1e9
		body := order.AppendUint32(nil, uint32(w))
		for _, v := range []uint32{uint32(units >> 32), uint32(units), uint32(len(b)), uint32(len(b))} {
			body = order.AppendUint32(body, v)
		}
		out = block(out, blockEnhanced, append(body, b...))
	}
	return out
}

// split cuts TCP segments into smaller ones.
func split(all []packet, n int) (out []packet) {
	for _, p := range all {
		ip, tcp, data := layersOf(p.ip)
		if len(data) == 0 {
			out = append(out, p)
		}
		seq := binary.BigEndian.Uint32(tcp[4:])
		for at := 0; at < len(data); at += n {
			part := data[at:min(at+n, len(data))]
			b := slices.Concat(ip, tcp, part)
			binary.BigEndian.PutUint32(b[len(ip)+4:], seq+uint32(at))
			if at+n < len(data) {
				b[len(ip)+13] &^= flagFIN
			}
			setLength(b)
			out = append(out, packet{p.at, b})
		}
	}
	return out
}

// layersOf cuts an IP packet with TCP in it into its parts.
func layersOf(b []byte) (ip, tcp, data []byte) {
	n := 40
	end := len(b)
	if b[0]>>4 == 4 {
		n = int(b[0]&15) * 4
		end = min(end, int(binary.BigEndian.Uint16(b[2:])))
	}
	h := n + int(b[n+12]>>4)*4
	return b[:n], b[n:h], b[h:end]
}

func setLength(b []byte) {
	if b[0]>>4 == 4 {
		binary.BigEndian.PutUint16(b[2:], uint16(len(b)))
	} else {
		binary.BigEndian.PutUint16(b[4:], uint16(len(b)-40))
	}
}

// fragment cuts IPv4 packets into fragments, the last of each first.
func fragment(all []packet, n int) (out []packet) {
	for id, p := range all {
		if p.ip[0]>>4 != 4 {
			out = append(out, p)
			continue
		}
		size := int(p.ip[0]&15) * 4
		inside := p.ip[size:min(len(p.ip), int(binary.BigEndian.Uint16(p.ip[2:])))]
		var parts []packet
		for at := 0; at < len(inside); at += n {
			b := slices.Concat(p.ip[:size], inside[at:min(at+n, len(inside))])
			flags := uint16(at / 8)
			if at+n < len(inside) {
				flags |= 0x2000
			}
			binary.BigEndian.PutUint16(b[4:], uint16(id))
			binary.BigEndian.PutUint16(b[6:], flags)
			setLength(b)
			parts = append(parts, packet{p.at, b})
		}
		slices.Reverse(parts)
		out = append(out, parts...)
	}
	return out
}

// again sends segments again, with the one after and half of the one before.
func again(all []packet, r *rand.Rand) (out []packet) {
	for i, p := range all {
		out = append(out, p)
		if r.IntN(3) == 0 {
			out = append(out, all[r.IntN(i+1)])
		}
	}
	return out
}

// swap exchanges neighbours, whoever sent them; but what comes after a reset
// would not be read.
func swap(all []packet, r *rand.Rand) []packet {
	all = slices.Clone(all)
	for i := 4; i+1 < len(all); i++ { // not the handshake
		_, a, _ := layersOf(all[i].ip)
		_, b, _ := layersOf(all[i+1].ip)
		if r.IntN(2) == 0 && (a[13]|b[13])&flagRST == 0 {
			all[i], all[i+1] = all[i+1], all[i]
		}
	}
	return all
}

// elsewhere captures the same packets at another point of the path: each side's
// stay in order, and none passes before what it acknowledges.
func elsewhere(all []packet, r *rand.Rand) (out []packet) {
	_, tcp, _ := layersOf(all[0].ip)
	client := binary.BigEndian.Uint16(tcp)
	var queues [2][]int
	var sent [2]uint32 // behind the last octet of each side
	for i, p := range all {
		_, tcp, _ := layersOf(p.ip)
		side := 0
		if binary.BigEndian.Uint16(tcp) != client {
			side = 1
		}
		queues[side] = append(queues[side], i)
	}
	may := func(side int) bool {
		if len(queues[side]) == 0 {
			return false
		}
		i := queues[side][0]
		_, tcp, _ := layersOf(all[i].ip)
		if tcp[13]&flagRST != 0 { // it answers something, but does not say what
			return len(queues[1-side]) == 0 || queues[1-side][0] > i
		}
		return tcp[13]&flagACK == 0 || int32(binary.BigEndian.Uint32(tcp[8:])-sent[1-side]) <= 0
	}
	for len(queues[0])+len(queues[1]) > 0 {
		side := r.IntN(2)
		if !may(side) {
			side = 1 - side
		}
		p := all[queues[side][0]]
		queues[side] = queues[side][1:]
		_, tcp, data := layersOf(p.ip)
		sent[side] = binary.BigEndian.Uint32(tcp[4:]) + uint32(len(data))
		if tcp[13]&(flagSYN|flagFIN) != 0 {
			sent[side]++
		}
		out = append(out, p)
	}
	return out
}

// said reads a capture into its lines, without places and times.
func said(t testing.TB, data []byte) (lines []string) {
	rec := transcripts.Open(bytes.NewReader(data))
	defer rec.Close()
	err := rec.Lines(Packets, transcripts.Hints{}, func(l *transcripts.Line) {
		lines = append(lines, fmt.Sprintf("%v %v %q %v", l.From, l.Note, l.Text, l.EOL))
	})
	if err != nil {
		t.Error(err)
	}
	return lines
}

// TestVariants reads the same conversations as different captures of them
// show them.
func TestVariants(t *testing.T) {
	plain := wraps[0]
	micro := func(all []packet, w wrap) []byte {
		return pcapOf(binary.LittleEndian, magicMicro, w.link, 1000, all, w.do)
	}
	for _, name := range []string{"deliver", "pipeline", "barelf", "bdat", "starttls", "drop", "deliver-ipv6"} {
		data, err := os.ReadFile("testdata/" + name + ".pcap")
		if err != nil {
			t.Fatal(err)
		}
		all := packetsOf(t, data)
		want := said(t, data)
		if len(want) < 20 {
			t.Fatalf("%s has %d lines", name, len(want))
		}
		check := func(variant string, data []byte) {
			t.Helper()
			if d := cmp.Diff(want, said(t, data)); d != "" {
				t.Errorf("%s, %s (-want +got):\n%s", name, variant, d)
			}
		}
		for _, w := range wraps {
			check(w.name, micro(all, w))
		}
		check("big end first", pcapOf(binary.BigEndian, magicMicro, 1, 1000, all, plain.do))
		check("nanoseconds", pcapOf(binary.LittleEndian, magicNano, 1, 1, all, plain.do))
		check("modified", pcapOf(binary.BigEndian, magicModified, 1, 1000, all, plain.do))
		check("pcapng", pcapngOf(binary.LittleEndian, all, wraps))
		check("pcapng, big end first", pcapngOf(binary.BigEndian, all, wraps[:3]))
		for _, n := range []int{1, 7, 100} {
			check(fmt.Sprintf("segments of %d octets", n), micro(split(all, n), plain))
		}
		check("fragments", micro(fragment(all, 16), plain))
		for seed := range uint64(20) {
			r := rand.New(rand.NewPCG(seed, 1))
			check("sent again", micro(again(all, r), plain))
			check("out of order", micro(swap(split(all, 40), r), plain))
			check("both", micro(again(swap(split(all, 20), r), r), plain))
		}
		for seed := range uint64(20) {
			check("captured elsewhere", micro(elsewhere(all, rand.New(rand.NewPCG(seed, 2))), plain))
		}
	}
}
