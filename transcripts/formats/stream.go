package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// A stream cuts the octets that one party sent into lines of the wire. They
// come in pieces of any size, as dumps of octets show them.
type stream struct {
	who  transcripts.Party
	line []byte           // so far
	cut  int64            // octets of a very long line that are not in it
	at   transcripts.Span // where it began

	inexact bool  // the tool leaves octets out, so that they cannot be counted
	chunk   int64 // of BDAT payload that are still to come
	content bool  // DATA was sent: a BDAT before the next lone period is content
}

// feed takes the next octets, which stand at span.
func (s *stream) feed(octets []byte, span transcripts.Span, emit func(*transcripts.Line)) {
	for len(octets) > 0 {
		if !s.at.Known() {
			s.at = span
		}
		n := bytes.IndexByte(octets, '\n') + 1
		whole := n > 0
		if !whole {
			n = len(octets)
		}
		inside := s.chunk > 0
		if inside && int64(n) >= s.chunk { // a command comes next, also where no line ends
			n, whole = int(s.chunk), true
		}
		s.chunk = max(0, s.chunk-int64(n))
		s.keep(octets[:n])
		octets = octets[n:]
		if !whole {
			continue
		}
		if !inside && s.who == transcripts.Client {
			s.expect()
		}
		s.end(emit)
	}
}

// expect looks at a line of the client's for what comes behind it.
func (s *stream) expect() {
	switch text, _ := cutEOL(s.line); {
	case s.content:
		s.content = string(text) != "."
	case bytes.EqualFold(text, []byte("DATA")):
		s.content = true
	case !s.inexact && len(text) > 5 && bytes.EqualFold(text[:5], []byte("BDAT ")):
		s.chunk, _ = transcripts.ChunkSize(text)
	}
}

// keep adds octets to the line, as far as a line is kept. The terminator
// always is.
func (s *stream) keep(octets []byte) {
	n := min(len(octets), max(0, longestWireLine-len(s.line)))
	s.line = append(s.line, octets[:n]...)
	if n == len(octets) {
		return
	}
	s.cut += int64(len(octets) - n)
	if octets[len(octets)-1] == '\n' {
		s.line = append(s.line, '\n')
		s.cut--
	}
}

// end hands out what is there of a line.
func (s *stream) end(emit func(*transcripts.Line)) {
	if !s.at.Known() {
		return
	}
	l := transcripts.Line{From: s.who, Cut: s.cut, Span: s.at}
	l.Text, l.EOL = cutEOL(s.line)
	emit(&l)
	s.drop()
}

// drop forgets what is there of a line.
func (s *stream) drop() { s.line, s.cut, s.at = s.line[:0], 0, transcripts.Span{} }

// lose forgets it because octets are missing behind it.
func (s *stream) lose() {
	s.drop()
	s.chunk, s.content = 0, false
}

// open reports whether a line has begun and not ended.
func (s *stream) open() bool { return s.at.Known() }

// A duplex is what both parties sent. The lines come out in the order in which
// they were complete.
type duplex struct {
	sides [2]stream
	placing
	tls tlsStep
}

// tlsStep is how far a connection has come with STARTTLS (RFC 3207).
type tlsStep uint8

const (
	inClear tlsStep = iota
	askedForTLS
	grantedTLS
	inTLS // nothing that follows can be read
)

func (d *duplex) feed(who transcripts.Party, octets []byte, span transcripts.Span, emit func(*transcripts.Line)) {
	d.place = span
	if d.tls >= grantedTLS && d.hides(who, octets, span, emit) {
		return
	}
	d.sides[who].who = who
	d.sides[who].feed(octets, span, func(l *transcripts.Line) { d.emit(l, emit) })
}

// end hands out what is there of the lines.
func (d *duplex) end(emit func(*transcripts.Line)) {
	for i := range d.sides {
		d.sides[i].end(func(l *transcripts.Line) { d.emit(l, emit) })
	}
}

// emit hands out a line of the parties, or one of the recorder between them.
func (d *duplex) emit(l *transcripts.Line, emit func(*transcripts.Line)) {
	switch {
	case l.From == transcripts.Client && bytes.EqualFold(l.Text, []byte("STARTTLS")):
		d.tls = askedForTLS
	case l.From == transcripts.Server && d.tls == askedForTLS:
		d.tls = inClear
		if bytes.HasPrefix(l.Text, []byte("220 ")) {
			d.tls = grantedTLS
		}
	}
	d.placing.emit(l, emit)
}

// placing keeps the places of lines in their order where lines are handed out
// when they are complete: each is placed where it began, unless another one
// has come out since: then where it ended.
type placing struct {
	place transcripts.Span // the latest one
	shown uint32           // the line of the recording that the last line stands on
}

// emit hands out a line at its place.
func (p *placing) emit(l *transcripts.Line, emit func(*transcripts.Line)) {
	switch {
	case l.Span.Line < p.shown:
		l.Span = p.place
	case l.Span.Line > p.place.Line:
		p.place = l.Span
	}
	p.shown = l.Span.Line
	emit(l)
}

// hides reports whether octets behind an accepted STARTTLS are records of TLS.
// Those of a handshake begin with 22 (RFC 8446 §5.1), where it is not shown as
// a period; a program that sees what is inside goes on with a command.
func (d *duplex) hides(who transcripts.Party, octets []byte, span transcripts.Span, emit func(*transcripts.Line)) bool {
	if d.tls == inTLS {
		return true
	}
	if who != transcripts.Client || len(octets) == 0 || octets[0] != 22 && octets[0] != '.' {
		d.tls = inClear
		return false
	}
	d.tls = inTLS
	for _, note := range [...]transcripts.Note{transcripts.Secured, transcripts.LeftOut} {
		d.emit(&transcripts.Line{From: transcripts.Recorder, Note: note, Span: span.Part(0, 0)}, emit)
	}
	return true
}

// hexOctets reads octets as pairs of hexadecimal digits, up to most of them,
// with a space before each pair and another after every group of pairs.
// It appends them to dst.
func hexOctets(dst, text []byte, most, group int) []byte {
	for n := 0; n < most; n++ {
		if n > 0 && group > 0 && n%group == 0 && len(text) > 0 && text[0] == ' ' {
			text = text[1:]
		}
		if len(text) < 3 || text[0] != ' ' || !isHex(text[1]) || !isHex(text[2]) || len(text) > 3 && text[3] != ' ' {
			return dst
		}
		dst = append(dst, byte(hex(text[1])<<4|hex(text[2])))
		text = text[3:]
	}
	return dst
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
