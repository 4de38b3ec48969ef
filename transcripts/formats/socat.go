package formats

import (
	"bytes"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// socat -v writes the octets of each block behind a line with the direction,
// the time and the number of octets, with escapes for some of them and line
// feeds as they are; -x writes them as hexadecimal digits. Where it serves
// several connections at once, only the offsets tell them apart.
var socat = &transcripts.Format{
	Name:     "socat",
	Programs: "socat 1.7.4.4 (-v, -x, -x -v)",
	Record:   "socat -x -v TCP-LISTEN:2525,fork TCP:HOST:25 2> session.log",
	Captured: true,
	Proves:   socatProves,
	First:    "<>",
	Sign: func(line []byte) int {
		if _, _, ok := readSocat(line); ok {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &socatDecoder{} },
}

const socatProves = dumpProves | transcripts.Clock

// socatBlock is the line before a block.
type socatBlock struct {
	right bool // it went from the first address to the second
	at    transcripts.Instant
	size  int
	from  int64 // octets before it in this direction
}

// readSocat reads "> 2006/01/02 15:04:05.000123456  length=25 from=0 to=24",
// wherever it stands in a line: the block before it may end without a line
// end.
func readSocat(line []byte) (b socatBlock, n int, ok bool) {
	if len(line) < 50 || line[1] != ' ' || line[0] != '<' && line[0] != '>' {
		return b, 0, false
	}
	b.right = line[0] == '>'
	at, n := dateTime(line[2:])
	if n == 0 {
		return b, 0, false
	}
	b.at = at - at%transcripts.Instant(time.Second) + socatFraction(line[2+len("2006/01/02 15:04:05"):])
	n += 2
	length, next := socatNumber(line, n, " length=")
	from, next := socatNumber(line, next, " from=")
	_, next = socatNumber(line, next, " to=")
	if next == 0 {
		return b, 0, false
	}
	b.size, b.from = int(length), from
	return b, next, true
}

// socatFraction reads the fraction of a second: microseconds, which socat 1.7
// pads with zeros on the left to nine digits.
func socatFraction(text []byte) transcripts.Instant {
	n := 1
	for n < len(text) && n < 10 && isDigit(text[n]) {
		n++
	}
	if n == 1 || text[0] != '.' {
		return 0
	}
	return transcripts.Instant(number(text[1:n])) * transcripts.Instant(time.Microsecond)
}

// socatNumber reads a number behind its name at n, where more spaces may
// stand, and returns where it ends; 0 where there is none.
func socatNumber(line []byte, n int, name string) (value int64, next int) {
	for n > 0 && n+1 < len(line) && line[n] == ' ' && line[n+1] == ' ' {
		n++
	}
	if n == 0 || !bytes.HasPrefix(line[n:], []byte(name)) {
		return 0, 0
	}
	next = n + len(name)
	end := next
	for end < len(line) && end < next+15 && isDigit(line[end]) {
		value = value*10 + int64(line[end]-'0')
		end++
	}
	if end == next {
		return 0, 0
	}
	return value, end
}

type socatDecoder struct {
	pairs  []*socatPair // connections that are open
	count  int
	right  transcripts.Party // who speaks from the first address to the second
	known  bool              // right is known
	pair   *socatPair        // of the block
	block  socatBlock
	left   int  // octets of the block that are still to come
	dump   bool // the line is part of a block
	hex    bool // it is written in digits
	place  transcripts.Span
	octets []byte
}

// socatPair is one connection.
type socatPair struct {
	name  []byte
	next  [2]int64 // the offset of the next block, by direction
	right bool     // the direction of the last one
	lines duplex
	text  bool // its octets are not all shown
}

func (d *socatDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	d.dump = false
	for n := 0; ; {
		if d.left > 0 {
			d.dump = true
			n += d.take(text[n:], raw, n, emit)
			if d.left > 0 || n >= len(text) {
				return
			}
		}
		block, length, ok := readSocat(text[n:])
		if !ok {
			return
		}
		d.begin(block, raw, emit)
		if n += length; n >= len(text) {
			return
		}
	}
}

// begin takes the line before a block.
func (d *socatDecoder) begin(b socatBlock, raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.block, d.left, d.hex = b, b.size, false
	d.pair = d.find(b, raw, emit)
	d.pair.next[direction(b.right)] = b.from + int64(b.size)
	d.pair.right = b.right
}

func direction(right bool) int {
	if right {
		return 1
	}
	return 0
}

// find returns the connection that a block belongs to.
func (d *socatDecoder) find(b socatBlock, raw *transcripts.Raw, emit func(*transcripts.Line)) *socatPair {
	var found *socatPair
	doubt := false
	for _, p := range d.pairs {
		if p.next[direction(b.right)] != b.from {
			continue
		}
		switch {
		case found == nil, found.right == b.right && p.right != b.right: // it is p's turn
			found, doubt = p, found != nil && found.right == p.right
		case p.right == found.right:
			doubt = true
		}
	}
	if b.from == 0 && (found == nil || found.next[0]+found.next[1] == 0 || found.right == b.right) {
		found = nil
	}
	if found == nil {
		return d.open()
	}
	if doubt { // from here on one may have what belongs to another
		for _, p := range d.pairs {
			d.emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, Conn: p.name, Span: raw.Span.Part(0, 0)}, emit)
		}
	}
	return found
}

const mostPairs = 1024

func (d *socatDecoder) open() *socatPair {
	if len(d.pairs) == mostPairs {
		d.pairs = append(d.pairs[:0], d.pairs[1:]...)
	}
	d.count++
	p := &socatPair{name: appendNumber(nil, d.count)}
	d.pairs = append(d.pairs, p)
	return p
}

func appendNumber(dst []byte, n int) []byte {
	if n >= 10 {
		dst = appendNumber(dst, n/10)
	}
	return append(dst, byte('0'+n%10))
}

// take reads what text has of the block, which stands at n in raw, and returns
// how much of text that was.
func (d *socatDecoder) take(text []byte, raw *transcripts.Raw, n int, emit func(*transcripts.Line)) int {
	if d.left == d.block.size && len(text) > 2 && text[0] == ' ' {
		d.hex = len(hexOctets(d.octets[:0], text, 1, 0)) > 0
	}
	used := len(text)
	if d.hex {
		d.octets = hexOctets(d.octets[:0], text, d.left, 0)
	} else {
		used = d.unescape(text, raw)
		if !d.pair.text {
			d.pair.text = true
			emitProves(raw, d.pair.name, socatProves&^transcripts.Octets, func(l *transcripts.Line) { d.emit(l, emit) })
		}
	}
	d.left -= len(d.octets)
	d.feed(raw.Span.Part(n, used), emit)
	return used
}

// unescape undoes what -v does to the octets, up to the end of the block or of
// the line.
func (d *socatDecoder) unescape(text []byte, raw *transcripts.Raw) (used int) {
	d.octets = d.octets[:0]
	for used < len(text) {
		if len(d.octets) == d.left {
			return used
		}
		c := text[used]
		used++
		if c == '\\' && used < len(text) {
			c = simpleEscape(text[used])
			used++
		}
		d.octets = append(d.octets, c)
	}
	if len(d.octets) < d.left && raw.EOL != transcripts.NoEOL {
		d.octets = append(d.octets, '\n')
	}
	return used
}

func (d *socatDecoder) feed(span transcripts.Span, emit func(*transcripts.Line)) {
	if !d.known {
		d.known = true
		if d.block.right && replyShaped(d.octets) {
			d.right = transcripts.Server
		}
	}
	who := d.right
	if !d.block.right {
		who = 1 - who
	}
	p := d.pair
	p.lines.feed(who, d.octets, span, func(l *transcripts.Line) { d.line(p, l, emit) })
}

func (d *socatDecoder) line(p *socatPair, l *transcripts.Line, emit func(*transcripts.Line)) {
	l.Conn, l.At = p.name, d.block.at
	d.emit(l, emit)
}

// emit hands out a line, placed no earlier than the one before: one that was
// begun while others came may end much later.
func (d *socatDecoder) emit(l *transcripts.Line, emit func(*transcripts.Line)) {
	if l.Span.Line < d.place.Line {
		l.Span = d.place
	}
	d.place = l.Span
	emit(l)
}

func (d *socatDecoder) dumped() bool { return d.dump }

// Flush hands out what the last lines hold.
func (d *socatDecoder) Flush(emit func(*transcripts.Line)) {
	for _, p := range d.pairs {
		p.lines.end(func(l *transcripts.Line) { d.line(p, l, emit) })
	}
}
