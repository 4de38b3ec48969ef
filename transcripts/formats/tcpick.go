package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// tcpick writes payload as it is between its own words. With -h a header goes
// before each packet, with the number of octets. Without it nothing says who
// speaks; then only the form without additions of its own can be read.
var tcpick = &transcripts.Format{
	Name:     "tcpick",
	Programs: "tcpick 0.2.1 (-yP, -yU, each with and without -h)",
	Record:   "tcpick -r FILE.pcap -h -yP > session.log",
	Captured: true,
	Proves:   dumpProves &^ transcripts.Octets,
	First:    "S",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("Starting tcpick ")) {
			return transcripts.Certain
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &tcpickDecoder{} },
}

// readTcpick reads "127.0.0.1:2526 AP > 127.0.0.1:57722 (36)".
func readTcpick(line []byte) (from, to []byte, octets int, ok bool) {
	from, rest, _ := bytes.Cut(line, []byte{' '})
	flags, rest, found := bytes.Cut(rest, []byte(" > "))
	to, count, _ := bytes.Cut(rest, []byte(" ("))
	count, closed := bytes.CutSuffix(count, []byte{')'})
	if !found || !closed || len(flags) == 0 || len(flags) > 6 || len(count) == 0 || len(count) > 7 ||
		portOf(from, ':') == 0 || portOf(to, ':') == 0 {
		return nil, nil, 0, false
	}
	octets = number(count)
	return from, to, octets, octets >= 0
}

// tcpickStates are what tcpick says of a connection, behind its number.
var tcpickStates = []string{"SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED", "RESET", "EXPIRED"}

func tcpickState(line []byte) bool {
	n := processNumber(line)
	rest := bytes.TrimLeft(line[n:], " ")
	for _, s := range tcpickStates {
		if n > 0 && bytes.HasPrefix(rest, []byte(s)) {
			return true
		}
	}
	return false
}

type tcpickDecoder struct {
	taps
	unmarked bareDecoder
	lines    int  // of payload without headers
	mute     bool // a form that cannot be read
	headers  bool
	name     []byte
	chunk    chunk
	left     int // octets of the packet that are still to come
	octets   []byte
}

func (d *tcpickDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	if d.left > 0 {
		d.payload(raw, emit)
		return
	}
	from, to, n, ok := readTcpick(text)
	switch {
	case ok:
		d.headers, d.left = true, n
		d.name, d.chunk.end = flow(d.name[:0], from, to)
		d.chunk.conn, d.chunk.dots = d.name, true
		d.chunk.ports[d.chunk.end], d.chunk.ports[1-d.chunk.end] = portOf(from, ':'), portOf(to, ':')
	case d.headers, tcpickState(text), bytes.Contains(text, []byte("tcpick")), bytes.HasPrefix(text, []byte("Timeout for connections is ")):
	default:
		if d.lines++; d.lines == 1 && !replyShaped(text) || d.lines == 2 && len(text) == 0 {
			d.mute = true // one end before the other, or a line end behind each packet
		}
		if !d.mute {
			d.unmarked.Decode(raw, emit)
		}
	}
}

// payload takes a line of a packet whose length was announced.
func (d *tcpickDecoder) payload(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.octets = append(d.octets[:0], raw.Text...)
	if raw.EOL == transcripts.CRLF {
		d.octets = append(d.octets, '\r')
	}
	if raw.EOL != transcripts.NoEOL {
		d.octets = append(d.octets, '\n')
	}
	n := min(len(d.octets), d.left)
	d.left -= n
	d.chunk.octets, d.chunk.span = d.octets[:n], raw.Span
	d.feed(&d.chunk, emit)
}
