package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// tcpdump writes a header for each packet. What follows depends on its
// options: with -X or -XX rows of octets, headers of the packet included; with
// -A the same octets as text, without CRs; with -v the payload of port 25,
// indented, without CRs.
var tcpdump = &transcripts.Format{
	Name:     "tcpdump",
	Programs: "tcpdump 4.99.3 (-A, -X, -XX, -v; with -nn)",
	Record:   "tcpdump -nn -X -s 0 port 25 > session.log",
	Captured: true,
	Proves:   dumpProves | transcripts.Clock,
	Sign: func(line []byte) int {
		switch h := readTcpdump(line); {
		case len(h.from) > 0 && h.stamped:
			return transcripts.Strong
		case len(h.from) > 0, h.stamped:
			return transcripts.Medium
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &tcpdumpDecoder{} },
}

// tcpdumpHeader is what stands before a packet: on one line, or with -v on
// two.
type tcpdumpHeader struct {
	stamped  bool // begins with a time and the protocol
	at       transcripts.Instant
	six      bool   // IPv6
	from, to []byte // endpoints; empty where they are not on this line
	flags    []byte
	seq, end int // of the payload, relative to the first of the connection; -1 where not stated
	options  int // octets of TCP options
	length   int // of the payload
}

// readTcpdump reads "14:38:03.255243 IP 127.0.0.1.2526 > 127.0.0.1.34626: Flags [P.], seq 1:37, ...".
func readTcpdump(line []byte) (h tcpdumpHeader) {
	rest := line
	h.seq = -1
	at, n := dateTime(line)
	if n == 0 {
		at, n = timeOfDay(line)
	}
	if n > 0 && n < len(line) && line[n] == ' ' {
		rest = line[n+1:]
		for _, name := range [...]string{"IP ", "IP6 "} {
			after, ok := bytes.CutPrefix(rest, []byte(name))
			if !ok { // capturing on all interfaces, their name stands before
				if _, after, ok = bytes.Cut(rest, []byte(" "+name)); ok {
					ok = bytes.IndexByte(rest[:len(rest)-len(after)], '>') < 0
				}
			}
			if ok {
				h.stamped, h.at, h.six, rest = true, at, name == "IP6 ", after
				break
			}
		}
		if !h.stamped || len(rest) > 0 && rest[0] == '(' {
			return h
		}
	} else if !bytes.HasPrefix(line, []byte("    ")) {
		return h
	} else {
		rest = line[4:]
	}
	from, rest, ok := bytes.Cut(rest, []byte(" > "))
	to, rest, found := bytes.Cut(rest, []byte(": Flags ["))
	if !ok || !found || len(from) == 0 || bytes.IndexByte(from, ' ') >= 0 || bytes.IndexByte(to, ' ') >= 0 {
		return h
	}
	h.from, h.to = from, to
	h.flags, rest, _ = bytes.Cut(rest, []byte{']'})
	h.details(rest)
	return h
}

// details reads what stands behind the flags.
func (h *tcpdumpHeader) details(text []byte) {
	if _, seq, ok := bytes.Cut(text, []byte(", seq ")); ok {
		seq, _, _ = bytes.Cut(seq, []byte{','})
		if from, to, ok := bytes.Cut(seq, []byte{':'}); ok && len(to) < 11 {
			h.seq, h.end = number(from), number(to)
		}
	}
	if _, options, ok := bytes.Cut(text, []byte(", options [")); ok {
		options, _, _ = bytes.Cut(options, []byte{']'})
		for o := range bytes.SplitSeq(options, []byte{','}) {
			h.options += optionLength(o)
		}
		h.options = (h.options + 3) &^ 3
	}
	if n := bytes.LastIndex(text, []byte(", length ")); n >= 0 {
		digits := text[n+len(", length "):]
		end := 0
		for end < len(digits) && end < 7 && isDigit(digits[end]) {
			end++
		}
		h.length = number(digits[:end])
	}
}

// optionLength returns how many octets a TCP option takes (RFC 9293 §3.1, RFC
// 7323, RFC 2018).
func optionLength(o []byte) int {
	name, rest, _ := bytes.Cut(o, []byte{' '})
	switch string(name) {
	case "nop", "eol":
		return 1
	case "mss":
		return 4
	case "wscale":
		return 3
	case "sackOK":
		return 2
	case "TS":
		return 10
	case "sack":
		return 2 + 8*bytes.Count(rest, []byte{'{'})
	}
	return 0
}

type tcpdumpDecoder struct {
	taps
	flows  conns[tcpdumpFlow]
	packet tcpdumpHeader // whose payload is read
	open   bool
	name   []byte
	chunk  chunk
	rows   []byte   // the octets of the whole packet
	text   []byte   // the same as text, or its payload alone, with a LF behind each line
	alone  bool     // text is the payload
	lines  []textAt // the lines of text
}

// tcpdumpFlow is what is known of a connection: for each end, the sequence
// number that it has come to, and whether it has said that it is done.
type tcpdumpFlow struct {
	next  [2]int
	done  [2]bool
	first int // which was done first
}

// textAt says where a line of text stands in the recording.
type textAt struct {
	from int
	span transcripts.Span
}

const mostPacket = 70 << 10 // of what is kept of a packet

func (d *tcpdumpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	line := raw.Text
	h := readTcpdump(line)
	switch {
	case h.stamped && len(h.from) == 0: // the first of two lines
		d.finish(emit)
		d.packet.at, d.packet.six = h.at, h.six
	case len(h.from) > 0:
		if !h.stamped {
			h.at, h.six = d.packet.at, d.packet.six
		}
		d.finish(emit)
		d.begin(&h, raw)
	case !d.open:
	case bytes.HasPrefix(line, []byte("\t0x")) && len(line) > 8 && line[7] == ':':
		if len(d.rows) < mostPacket {
			d.rows = tcpdumpRow(d.rows, line[8:])
		}
		d.chunk.span = raw.Span
	case len(d.text) < mostPacket:
		if len(d.text) == 0 {
			d.alone = bytes.HasPrefix(line, []byte{'\t'})
		}
		if d.alone {
			line = bytes.TrimPrefix(line, []byte{'\t'})
		}
		d.lines = append(d.lines, textAt{len(d.text), raw.Span})
		d.text = append(append(d.text, line...), '\n')
	}
}

// begin starts a packet.
func (d *tcpdumpDecoder) begin(h *tcpdumpHeader, raw *transcripts.Raw) {
	d.packet, d.open = *h, true
	d.rows, d.text, d.lines = d.rows[:0], d.text[:0], d.lines[:0]
	d.name, d.chunk.end = flow(d.name[:0], h.from, h.to)
	d.chunk.conn, d.chunk.at, d.chunk.span = d.name, h.at, raw.Span
	d.chunk.ports[d.chunk.end], d.chunk.ports[1-d.chunk.end] = portOf(h.from, '.'), portOf(h.to, '.')
	d.packet.flags = bytes.Clone(h.flags)
}

// finish hands on a packet that is complete.
func (d *tcpdumpDecoder) finish(emit func(*transcripts.Line)) {
	if !d.open {
		return
	}
	d.open = false
	h := &d.packet
	if bytes.IndexByte(h.flags, 'S') >= 0 {
		d.closed(&d.chunk, transcripts.Closed, emit)
		d.flows.forget(d.name)
	}
	k, _ := d.flows.of(d.name)
	if h.length > 0 && d.due(k, emit) {
		switch {
		case len(d.rows) > 0:
			d.octets(emit)
		case len(d.text) > 0:
			d.words(emit)
		default: // tcpdump was not asked for payload
			d.lost(&d.chunk, true, emit)
		}
	}
	switch {
	case bytes.IndexByte(h.flags, 'R') >= 0:
		d.over(d.chunk.end, emit)
	case bytes.IndexByte(h.flags, 'F') >= 0:
		if k.done[d.chunk.end] = true; !k.done[1-d.chunk.end] {
			k.first = d.chunk.end
		} else {
			d.over(k.first, emit)
		}
	}
}

// Flush ends the last packet.
func (d *tcpdumpDecoder) Flush(emit func(*transcripts.Line)) {
	d.finish(emit)
	d.taps.Flush(emit)
}

// due reports whether the payload of the packet is what its end sends next,
// and not a repetition.
func (d *tcpdumpDecoder) due(k *tcpdumpFlow, emit func(*transcripts.Line)) bool {
	h := &d.packet
	next := &k.next[d.chunk.end]
	if h.seq < 0 || h.end <= h.seq {
		return true
	}
	expected := *next
	switch {
	case expected == 0 || h.seq == expected:
	case h.end <= expected:
		return false
	default:
		d.lost(&d.chunk, h.seq > expected, emit)
		if h.seq < expected { // part of it is new
			*next = h.end
			return false
		}
	}
	*next = h.end
	return true
}

// over says that the connection was ended from one end.
func (d *tcpdumpDecoder) over(end int, emit func(*transcripts.Line)) {
	note := transcripts.ClientClosed
	if t, _ := d.conns.of(d.name); t.known && t.server == end {
		note = transcripts.ServerClosed
	}
	d.closed(&d.chunk, note, emit)
	d.flows.forget(d.name)
}

// tcpdumpRow reads "  4500 0058 233d 4000 4006 1961 7f00 0001  E..X#=@.".
func tcpdumpRow(dst, text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte{' '})
	for len(text) > 2 && text[0] == ' ' && isHex(text[1]) && isHex(text[2]) {
		dst = append(dst, byte(hex(text[1])<<4|hex(text[2])))
		if text = text[3:]; len(text) > 1 && isHex(text[0]) && isHex(text[1]) {
			dst = append(dst, byte(hex(text[0])<<4|hex(text[1])))
			text = text[2:]
		}
	}
	return dst
}

// octets takes a packet shown in rows of octets.
func (d *tcpdumpDecoder) octets(emit func(*transcripts.Line)) {
	n := d.packet.length
	payload := d.rows[len(d.rows)-min(n, len(d.rows)):]
	for _, link := range [...]int{0, 14, 16, 20} { // nothing, Ethernet, Linux "any" of both kinds
		if from, to, ok := tcpPayload(d.rows[min(link, len(d.rows)):]); ok && to-from == n {
			payload = d.rows[min(link+from, len(d.rows)):min(link+to, len(d.rows))]
			break
		}
	}
	d.chunk.octets, d.chunk.dots, d.chunk.noEnds = payload, false, false
	d.feed(&d.chunk, emit)
	if len(payload) < n {
		d.lost(&d.chunk, true, emit)
	}
}

// tcpPayload finds the payload in a packet that begins with an IP header.
func tcpPayload(b []byte) (from, to int, ok bool) {
	switch {
	case len(b) >= 40 && b[0]>>4 == 4:
		from, to = int(b[0]&15)*4, int(b[2])<<8|int(b[3])
	case len(b) >= 60 && b[0]>>4 == 6:
		from, to = 40, 40+(int(b[4])<<8|int(b[5]))
	default:
		return 0, 0, false
	}
	if from+13 > len(b) {
		return 0, 0, false
	}
	from += int(b[from+12]>>4) * 4
	return from, to, from <= to
}

// words takes a packet shown as text. CRs are not: their number follows from
// the lengths, and only if there is one for each LF, it is known where they
// were.
func (d *tcpdumpDecoder) words(emit func(*transcripts.Line)) {
	n := d.packet.length
	from, crs := 0, 0
	text := d.text
	if d.alone {
		if crs = n - len(text); crs < 0 && crs+1 == bytes.Count(text, []byte{'\n'})-1 {
			text, crs = text[:len(text)-1], crs+1 // no LF behind the last line
		}
	} else {
		header := 40 + d.packet.options
		if d.packet.six {
			header += 20
		}
		text = text[:len(text)-1]
		crs = header + n - len(text)
		for h := 0; h < 5 && h <= crs && header-h <= len(text); h++ { // CRs in the header
			if bytes.Count(text[header-h:], []byte{'\n'}) == crs-h {
				from, crs = header-h, crs-h
				break
			}
		}
		if from == 0 {
			from = min(header, len(text))
		}
	}
	lfs := bytes.Count(text[from:], []byte{'\n'})
	d.chunk.dots, d.chunk.noEnds = true, crs != lfs
	d.spread(text, from, crs == lfs, emit)
	d.dotted(&d.chunk, tcpdump, emit)
	if crs > lfs+1 {
		d.lost(&d.chunk, true, emit)
	}
}

// spread hands on the lines of text from an offset, each at its place.
func (d *tcpdumpDecoder) spread(text []byte, from int, crlf bool, emit func(*transcripts.Line)) {
	var line []byte
	for i, l := range d.lines {
		to := len(text)
		if i+1 < len(d.lines) {
			to = d.lines[i+1].from
		}
		to, start := min(to, len(text)), max(from, l.from)
		if to <= start {
			continue
		}
		line = append(line[:0], text[start:to]...)
		if crlf && line[len(line)-1] == '\n' {
			line = append(line[:len(line)-1], '\r', '\n')
		}
		d.chunk.octets, d.chunk.span = line, l.span
		d.feed(&d.chunk, emit)
	}
}
