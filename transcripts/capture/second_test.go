package capture

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/ip4defrag"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/gopacket/gopacket/reassembly"

	"github.com/smtplint/smtplint/transcripts"
)

// streams is what was sent on each connection in each direction. A gap of n
// octets is written as "<n>".
type streams map[string]string

// ours collects streams from the assembler.
type ours struct{ streams }

func (o ours) greet(*conn)  {}
func (o ours) left(*conn)   {}
func (o ours) turned(*conn) {}
func (o ours) part(*conn)   {}

func (o ours) hear(c *conn, from transcripts.Party, data []byte, _ *origin) {
	o.streams[nameOf(c, from)] += string(data)
}

func (o ours) missed(c *conn, from transcripts.Party, n int64) {
	if n > 0 {
		o.streams[nameOf(c, from)] += fmt.Sprintf("<%d>", n)
	}
}

func nameOf(c *conn, from transcripts.Party) string {
	low, high := fmt.Sprintf("%x:%d", c.key.low.lo, c.key.lowPort), fmt.Sprintf("%x:%d", c.key.high.lo, c.key.highPort)
	if c.highCalls == (from == transcripts.Client) {
		return high + ">" + low
	}
	return low + ">" + high
}

func never() bool { return false }

func ourStreams(data []byte) streams {
	o := ours{streams{}}
	s := newSplitter(bytes.NewReader(data), &assembler{out: o})
	defer s.Close()
	s.Tell(never)
	return o.streams
}

// theirs collects streams from gopacket.
type theirs struct {
	streams
	name [2]string
}

func (t *theirs) Accept(*layers.TCP, gopacket.CaptureInfo, reassembly.TCPFlowDirection, reassembly.Sequence, *bool, reassembly.AssemblerContext) bool {
	return true
}

func (t *theirs) ReassembledSG(sg reassembly.ScatterGather, _ reassembly.AssemblerContext) {
	dir, _, _, skip := sg.Info()
	name := t.name[0]
	if dir == reassembly.TCPDirServerToClient {
		name = t.name[1]
	}
	if skip > 0 {
		t.streams[name] += fmt.Sprintf("<%d>", skip)
	}
	n, _ := sg.Lengths()
	t.streams[name] += string(sg.Fetch(n))
}

// ReassemblyComplete keeps closed connections, so that what comes late opens
// no new one.
func (t *theirs) ReassemblyComplete(reassembly.AssemblerContext) bool { return false }

type factory struct{ streams }

func (f factory) New(net, tcp gopacket.Flow, _ *layers.TCP, _ reassembly.AssemblerContext) reassembly.Stream {
	end := func(ip, port gopacket.Endpoint) string {
		raw := ip.Raw()
		if len(raw) == 4 {
			raw = append([]byte{0xff, 0xff}, raw...)
		}
		lo := strings.TrimLeft(fmt.Sprintf("%x", raw[max(0, len(raw)-8):]), "0")
		return fmt.Sprintf("%s:%d", lo, int(port.Raw()[0])<<8|int(port.Raw()[1]))
	}
	src, dst := end(net.Src(), tcp.Src()), end(net.Dst(), tcp.Dst())
	return &theirs{f.streams, [2]string{src + ">" + dst, dst + ">" + src}}
}

type packetContext struct{ ci gopacket.CaptureInfo }

func (c *packetContext) GetCaptureInfo() gopacket.CaptureInfo { return c.ci }

func theirStreams(data []byte) streams {
	all := streams{}
	a := reassembly.NewAssembler(reassembly.NewStreamPool(factory{all}))
	defrag := ip4defrag.NewIPv4Defragmenter()
	eachPacket(data, func(link layers.LinkType, b []byte, ci gopacket.CaptureInfo) {
		p := gopacket.NewPacket(b, link, gopacket.DecodeOptions{NoCopy: true})
		net := p.NetworkLayer()
		if ip, ok := net.(*layers.IPv4); ok && (ip.Flags&layers.IPv4MoreFragments != 0 || ip.FragOffset != 0) {
			whole, err := defrag.DefragIPv4(ip)
			if err != nil || whole == nil {
				return
			}
			inner := gopacket.NewPacket(whole.Payload, layers.LayerTypeTCP, gopacket.DecodeOptions{})
			if tcp, ok := inner.TransportLayer().(*layers.TCP); ok && len(tcp.Contents) >= 20 {
				a.AssembleWithContext(ip.NetworkFlow(), tcp, &packetContext{ci})
			}
			return
		}
		if tcp, ok := p.TransportLayer().(*layers.TCP); ok && net != nil && len(tcp.Contents) >= 20 {
			a.AssembleWithContext(net.NetworkFlow(), tcp, &packetContext{ci})
		}
	})
	a.FlushAll()
	return all
}

func eachPacket(data []byte, each func(layers.LinkType, []byte, gopacket.CaptureInfo)) {
	if r, err := pcapgo.NewReader(bytes.NewReader(data)); err == nil {
		for {
			b, ci, err := r.ReadPacketData()
			if err != nil {
				return
			}
			each(r.LinkType(), b, ci)
		}
	}
	r, err := pcapgo.NewNgReader(bytes.NewReader(data), pcapgo.NgReaderOptions{WantMixedLinkType: true})
	if err != nil {
		return
	}
	for {
		b, ci, err := r.ReadPacketData()
		if err != nil {
			return
		}
		link := r.LinkType()
		if len(ci.AncillaryData) > 0 {
			link = ci.AncillaryData[0].(layers.LinkType)
		}
		each(link, b, ci)
	}
}

// captures lists captures to compare opinions on.
func captures(t testing.TB) map[string][]byte {
	all := map[string][]byte{}
	for _, pattern := range []string{"testdata/*.pcap*", samples + "*.pcap*", "../../../shared/corpus/pcap-*/*.pcap*", "../../../shared/corpus/suites/*/*.pcap"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if data, err = io.ReadAll(transcripts.Unpack(bytes.NewReader(data))); err == nil {
				all[path] = data
			}
		}
	}
	return all
}

// TestSecondOpinion compares our streams with gopacket's.
func TestSecondOpinion(t *testing.T) {
	tally := map[string]int{}
	all := captures(t)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if d := opinionsOrReason(all[path], tally); d != "" {
			t.Errorf("%s: %s", path, d)
		}
	}
	t.Logf("%d captures, %v", len(all), tally)
}

// opinionsOrReason returns where our streams differ from gopacket's without a
// known reason.
func opinionsOrReason(data []byte, tally map[string]int) string {
	d := opinions(data)
	if d == "" {
		return ""
	}
	for _, why := range reasons {
		if why.holds(data) {
			tally[why.name]++
			return ""
		}
	}
	return d
}

// opinions returns where our streams differ from gopacket's.
func opinions(data []byte) string {
	got, want := ourStreams(data), theirStreams(data)
	names := map[string]bool{}
	for _, s := range []streams{got, want} {
		for name := range s {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		g, w := trimGaps(got[name]), trimGaps(want[name])
		if g == w {
			continue
		}
		n := 0
		for n < min(len(g), len(w)) && g[n] == w[n] {
			n++
		}
		return fmt.Sprintf("%s from octet %d\n  ours   %d octets: %.90q\n  theirs %d octets: %.90q", name, n, len(g), g[n:], len(w), w[n:])
	}
	return ""
}

// trimGaps takes gaps off the ends: gopacket knows neither acknowledgements nor
// short snap lengths, and so nothing of what is missing there. Adjoining gaps
// are made one: we learn of some bit by bit.
func trimGaps(s string) string {
	return gaps.ReplaceAllStringFunc(outerGaps.ReplaceAllString(s, ""), func(run string) string {
		sum := 0
		for n := range strings.SplitSeq(strings.Trim(run, "<>"), "><") {
			k, _ := strconv.Atoi(n)
			sum += k
		}
		return fmt.Sprintf("<%d>", sum)
	})
}

var (
	outerGaps = regexp.MustCompile(`^(<\d+>)+|(<\d+>)+$`)
	gaps      = regexp.MustCompile(`(<\d+>){2,}`)
)
