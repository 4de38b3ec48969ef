package redact

import (
	"bytes"
	"unicode"

	"github.com/smtplint/smtplint/transcripts"
)

// piece says where a part of a line's text stands in the recording.
type piece struct {
	from, octets int // in the text
	at, n        int // in the recording
	how          spelling
	cell         cell // of a dump
}

// placer finds the text of lines in the recording. A decoder only says where a
// line begins: marks before it, escapes, rows of a dump and words of the recorder
// in between are found by looking for what must be there.
type placer struct {
	data   []byte
	sides  [2]cursor // of client and server
	pieces []piece
	cells  []cell
	effort int // octets that may still be compared
}

// cursor says where the last line of a side was.
type cursor struct {
	at   int // as the decoder says
	next int // behind it
}

const (
	linesNear  = 4       // on one of which text stands as a whole, or it is spread
	linesAhead = 64      // over which text may be spread without a piece of it
	widest     = 1 << 16 // octets in which lines share a place
)

// place returns the pieces of a line's text, nil where they are not found.
func (p *placer) place(l *transcripts.Line) (pieces []piece) {
	start := int(l.Span.Offset)
	if start >= len(p.data) || !l.Span.Known() {
		return nil
	}
	c := &p.sides[l.From]
	before := *c
	c.at = start
	if len(l.Text) == 0 {
		return p.pieces[:0]
	}
	if end := start + int(l.Span.Length); before.at != start && end <= len(p.data) && bytes.HasSuffix(p.data[start:end], l.Text) && !p.inDump(start) {
		c.next = end
		return p.whole(end-len(l.Text), len(l.Text))
	}
	// Lines that share a place come one after the other. Some are said to be where
	// they end.
	first, second := start, before.next
	if before.at == start || before.next <= len(p.data) && lineBegin(p.data, before.next) == lineBegin(p.data, start) {
		first, second = second, first
	}
	pieces, end := p.look(l.Text, first)
	if pieces == nil && second < first && first-second < widest {
		pieces, end = p.look(l.Text, second)
	}
	if pieces != nil {
		c.next = end
	}
	return pieces
}

// placeEnd finds what follows the octets of a line that stay as they are: these
// may not stand in the recording as they were sent.
func (p *placer) placeEnd(l *transcripts.Line, text []byte) []piece {
	same := 0
	for same < len(text) && text[same] == l.Text[same] {
		same++
	}
	part := *l
	part.Text = l.Text[same:]
	pieces := p.place(&part)
	for i := range pieces {
		pieces[i].from += same
	}
	return pieces
}

func (p *placer) whole(at, n int) []piece {
	p.pieces = append(p.pieces[:0], piece{octets: n, at: at, n: n})
	return p.pieces
}

// look finds text from a place on.
func (p *placer) look(text []byte, from int) (pieces []piece, end int) {
	if pieces, end := p.dumped(text, from); pieces != nil {
		return pieces, end
	}
	begin := from
	for range linesNear {
		if begin >= len(p.data) {
			break
		}
		stop := lineEnd(p.data, begin)
		if at := bytes.Index(p.data[begin:stop], text); at >= 0 {
			return p.whole(begin+at, len(text)), begin + at + len(text)
		}
		p.pieces = p.pieces[:0]
		if read, end := p.best(text, begin, stop, 0); read == len(text) {
			return p.pieces, end
		}
		begin = stop + 1
	}
	return p.spread(text, from)
}

// spread finds text that stands in pieces on several lines, with words of the
// recorder between them.
func (p *placer) spread(text []byte, from int) (pieces []piece, end int) {
	p.pieces = p.pieces[:0]
	for at := 0; from < len(p.data); {
		// The next piece is the longest that is near.
		most, of, begin := 0, from, from
		for lines := 0; lines < linesAhead && begin < len(p.data); lines++ {
			if lines == linesNear && most > 0 {
				break
			}
			stop := lineEnd(p.data, begin)
			if read, _ := p.best(text[at:], begin, stop, -1); read > most {
				most, of = read, begin
			}
			begin = stop + 1
		}
		if most == 0 {
			return nil, 0
		}
		_, end = p.best(text[at:], of, lineEnd(p.data, of), at)
		if at += most; at == len(text) {
			return p.pieces, end
		}
		from = end
	}
	return nil, 0
}

func lineBegin(data []byte, from int) int { return bytes.LastIndexByte(data[:from], '\n') + 1 }

func lineEnd(data []byte, from int) int {
	if n := bytes.IndexByte(data[from:], '\n'); n >= 0 {
		return from + n
	}
	return len(data)
}

// enough octets in a row are no accident.
const enough = 8

// best finds the longest start of text between two places, keeps its pieces,
// and returns its length and where it ends. done is how much of the line was
// found before; below 0, the pieces are not kept.
func (p *placer) best(text []byte, from, stop, done int) (read, end int) {
	at := -1
	for start := from; start < stop && read < len(text); start++ {
		if n, e := p.walk(text, start, stop, nil); n > read {
			at, read, end = start, n, e
		}
	}
	if at < 0 || read < len(text) && read < enough && bytes.ContainsFunc(p.data[end:stop], isWord) {
		return 0, 0
	}
	if done < 0 {
		return read, end
	}
	p.keep(text, at, stop, done)
	return read, end
}

// exactly returns the pieces of text where all of it stands at a place.
func (p *placer) exactly(text []byte, at, stop int) (pieces []piece, end int) {
	read, end := p.walk(text, at, stop, nil)
	if read < len(text) || len(text) == 0 {
		return nil, at
	}
	p.pieces = p.pieces[:0]
	p.keep(text, at, stop, 0)
	return p.pieces, end
}

// keep adds the pieces of text that stand at a place. done is how much of the
// line came before.
func (p *placer) keep(text []byte, at, stop, done int) {
	p.walk(text, at, stop, func(octets, n, place, from int, how spelling) {
		from += done
		if last := len(p.pieces) - 1; how == asIs && last >= 0 {
			if b := &p.pieces[last]; b.how == asIs && b.at+b.n == place && b.from+b.octets == from {
				b.octets++
				b.n++
				return
			}
		}
		p.pieces = append(p.pieces, piece{from: from, octets: octets, at: place, n: n, how: how})
	})
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// walk reads as much of text as stands at a place.
func (p *placer) walk(text []byte, at, stop int, each func(octets, n, at, from int, how spelling)) (read, end int) {
	for read < len(text) && at < stop && p.effort > 0 {
		p.effort--
		n, k, how := spelled(p.data[at:stop], text[read:])
		if n == 0 {
			break
		}
		if each != nil {
			each(k, n, at, read, how)
		}
		read += k
		at += n
	}
	return read, at
}

// inDump reports whether a row of a dump stands at a place.
func (p *placer) inDump(from int) bool {
	begin := lineBegin(p.data, from)
	p.cells = dumpRow(p.cells[:0], p.data[begin:lineEnd(p.data, begin)], begin)
	return len(p.cells) > 0
}

// dumped finds text in the rows of a dump from a place on.
func (p *placer) dumped(text []byte, from int) (pieces []piece, end int) {
	cells := p.cells[:0]
	begin := lineBegin(p.data, from)
	for lines := 0; begin < len(p.data) && lines < linesAhead && p.effort > 0; lines++ {
		if len(cells) == 0 && lines == linesNear {
			break
		}
		stop := lineEnd(p.data, begin)
		before := len(cells)
		if cells = dumpRow(cells, p.data[begin:stop], begin); len(cells) > before {
			lines = 0
			p.effort -= len(cells) - before
			if at := holds(cells, before, text, from); at >= 0 {
				p.pieces = p.pieces[:0]
				for i := range text {
					c := cells[at+i]
					p.pieces = append(p.pieces, piece{from: i, octets: 1, at: c.at, n: 2, how: paired, cell: c})
				}
				p.cells = cells
				return p.pieces, cells[at+len(text)-1].end()
			}
		}
		begin = stop + 1
	}
	p.cells = cells
	return nil, 0
}

// holds returns where text stands in a dump, from a place of the recording on,
// or -1. The cells before were looked at already.
func holds(cells []cell, before int, text []byte, from int) int {
	for at := max(0, before-len(text)); at+len(text) <= len(cells); at++ {
		if cells[at].end() <= from {
			continue
		}
		i := 0
		for i < len(text) && cells[at+i].octet == text[i] {
			i++
		}
		if i == len(text) && i > 0 {
			return at
		}
	}
	return -1
}
