package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// The traditional netcat writes the octets in rows of 16, with the direction
// and the offset before each.
var ncHex = &transcripts.Format{
	Name:     "nc-hex",
	Programs: "nc (traditional) 1.10 (-o)",
	Record:   "nc.traditional -o session.log HOST 25",
	Captured: true,
	Proves:   dumpProves,
	First:    "<>",
	Sign: func(line []byte) int {
		if _, row := ncRow(line); row > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func(head []byte) transcripts.Decoder {
		d := &hexDumpDecoder{row: ncRow}
		d.swapped = d.swaps(head)
		return d
	},
}

const dumpProves = transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
	transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
	transcripts.Octets | transcripts.Secrets

// ncRow recognises a row, and says where its octets begin: "<" is before what
// netcat received, ">" before what it sent.
func ncRow(line []byte) (who transcripts.Party, row int) {
	const length = len("< 00000000")
	if len(line) <= length || line[1] != ' ' || line[0] != '<' && line[0] != '>' {
		return 0, 0
	}
	for _, c := range line[2:length] {
		if !isHex(c) {
			return 0, 0
		}
	}
	if line[0] == '<' {
		who = transcripts.Server
	}
	return who, length
}

// hexDumpDecoder reads rows of octets that say who sent them.
type hexDumpDecoder struct {
	row     func(line []byte) (who transcripts.Party, row int)
	swapped bool // the program that recorded was the server
	lines   duplex
	octets  []byte
	dump    bool // the line is a row
}

// swaps reports whether the first that the client is said to have sent is a
// greeting.
func (d *hexDumpDecoder) swaps(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	who, row := d.row(line)
	return row > 0 && who == transcripts.Client && bytes.HasPrefix(hexOctets(nil, line[row:], 16, 0), []byte("220"))
}

func (d *hexDumpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	who, row := d.row(raw.Text)
	if d.dump = row > 0; !d.dump {
		return
	}
	if d.swapped {
		who = 1 - who
	}
	d.octets = hexOctets(d.octets[:0], raw.Text[row:], 16, 0)
	d.lines.feed(who, d.octets, raw.Span, emit)
}

func (d *hexDumpDecoder) dumped() bool { return d.dump }

// Flush hands out what the last line holds.
func (d *hexDumpDecoder) Flush(emit func(*transcripts.Line)) { d.lines.end(emit) }

// Ncat writes the octets in rows of 16 as well, and does not say who sent
// them.
var ncatHex = &transcripts.Format{
	Name:     "ncat-hex",
	Programs: "Ncat 7.93 (-x)",
	Record:   "ncat -C -x session.log HOST 25",
	Captured: true,
	Proves:   dumpProves,
	First:    digits + "abcdefABCDEF",
	Sign: func(line []byte) int {
		if n := ncatRow(line); n > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &ncatHexDecoder{} },
}

// ncatRow recognises a row, and returns how long its offset is.
func ncatRow(line []byte) int {
	const width = len("0000  ")
	if len(line) < width+3 || string(line[4:width]) != "  " || len(hexOctets(nil, line[width:], 16, 8)) == 0 {
		return 0
	}
	for _, c := range line[:4] {
		if !isHex(c) {
			return 0
		}
	}
	return width
}

type ncatHexDecoder struct {
	who    unmarked
	lines  duplex
	octets []byte
	dump   bool // the line is a row
}

func (d *ncatHexDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	n := ncatRow(raw.Text)
	if d.dump = n > 0; !d.dump {
		return
	}
	d.octets = hexOctets(d.octets[:0], raw.Text[n:], 16, 8)
	d.lines.feed(transcripts.Client, d.octets, raw.Span, func(l *transcripts.Line) {
		l.From = d.who.next(l.Text)
		emit(l)
	})
}

func (d *ncatHexDecoder) dumped() bool { return d.dump }

// Flush hands out what the last line holds.
func (d *ncatHexDecoder) Flush(emit func(*transcripts.Line)) {
	d.lines.end(func(l *transcripts.Line) {
		l.From = d.who.next(l.Text)
		emit(l)
	})
}
