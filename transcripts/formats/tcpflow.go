package formats

import "github.com/smtplint/smtplint/transcripts"

// tcpflow -c writes the two endpoints before each segment, the octets as they
// are but for those that cannot be printed, and a LF that it adds.
var tcpflow = &transcripts.Format{
	Name:     "tcpflow",
	Programs: "tcpflow 1.6.1 (-c)",
	Record:   "tcpflow -c port 25 > session.log",
	Captured: true,
	Proves:   dumpProves &^ transcripts.Octets,
	First:    digits + "abcdefABCDEF",
	Sign: func(line []byte) int {
		if _, _, n := tcpflowMark(line); n > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &tcpflowDecoder{} },
}

// tcpflowMark reads "127.000.000.001.57722-127.000.000.001.02526: " and
// returns where the octets begin; 0 where there is none.
func tcpflowMark(line []byte) (from, to []byte, text int) {
	const port = len(".02526")
	if len(line) < 2*len("127.000.000.001")+2*port+3 || !isHex(line[0]) {
		return nil, nil, 0
	}
	dash := 0
	for n, c := range line {
		switch {
		case c == '-' && dash == 0:
			dash = n
		case c == ':' && dash > 0 && n+1 < len(line) && line[n+1] == ' ':
			from, to = line[:dash], line[dash+1:n]
			if !tcpflowEndpoint(from) || !tcpflowEndpoint(to) {
				return nil, nil, 0
			}
			return from, to, n + 2
		case !isHex(c) && c != '.' && c != ':':
			return nil, nil, 0
		}
	}
	return nil, nil, 0
}

func tcpflowEndpoint(b []byte) bool {
	n := len(b) - len(".02526")
	return n >= len("127.000.000.001") && b[n] == '.' && number(b[n+1:]) >= 0
}

type tcpflowDecoder struct {
	taps
	name   []byte
	octets []byte
	open   bool // a segment that may go on
	chunk  chunk
	line   bool // its last line ended with a LF, its own or the added one
}

func (d *tcpflowDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	from, to, text := tcpflowMark(raw.Text)
	switch {
	case text > 0:
		d.check(emit)
		d.open, d.line, d.chunk.dots = true, false, true
		d.name, d.chunk.end = flow(d.name[:0], from, to)
		d.chunk.conn = d.name
		d.chunk.ports[d.chunk.end], d.chunk.ports[1-d.chunk.end] = portOf(from, '.'), portOf(to, '.')
	case !d.open:
		return
	}
	d.octets = d.octets[:0]
	if d.line {
		d.octets = append(d.octets, '\n')
	}
	d.octets = append(d.octets, raw.Text[text:]...)
	if raw.EOL == transcripts.CRLF {
		d.octets = append(d.octets, '\r')
	}
	d.line = raw.EOL != transcripts.NoEOL
	d.chunk.octets, d.chunk.span = d.octets, raw.Span
	d.feed(&d.chunk, emit)
}

// check looks whether the segment before this one left a reply unfinished.
// Replies are short, and tcpflow writes segments as they arrive: if they are
// not whole, they may be out of order.
func (d *tcpflowDecoder) check(emit func(*transcripts.Line)) {
	if !d.open {
		return
	}
	if k, _ := d.conns.of(d.name); k.sides[transcripts.Server].open() && !k.opaque {
		d.lost(&d.chunk, true, emit)
		k.opaque = true
	}
}
