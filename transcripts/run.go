package transcripts

import (
	"bytes"
	"encoding/binary"
)

// A Marker is a Decoder that puts the same octets before each line of content.
// Such lines are read in runs, which makes recordings with long messages as
// fast as counting their lines.
type Marker interface {
	Decoder
	// ContentForm tells how the lines of content look that the client is
	// sending. ok is false where they need a closer look.
	ContentForm() (form ContentForm, ok bool)
}

// A ContentForm tells how a line of content stands in a recording: behind a
// mark, as it is, up to the end of the line.
type ContentForm struct {
	Mark string
	CRLF EOL // how a line ended on the wire that ends in CRLF in the recording: CRLF or EOLUnknown
	LF   EOL // that ends in LF: EOLUnknown, or LF, which needs a closer look
}

// word returns the mark as it stands in the first eight octets of a line, and
// which of them it takes.
func (f *ContentForm) word() (mark, mask uint64) {
	for i := range min(len(f.Mark), 8) {
		mark |= uint64(f.Mark[i]) << (8 * i)
		mask |= 0xff << (8 * i)
	}
	return mark, mask
}

// run takes as many lines of content as nothing can be said about: whole, not
// long, of printable ASCII, without a period at their start, and unlike a
// command. It returns the octets and the lines that it has taken off the start
// of block, which stands at at.
func (d *dialogue) run(block []byte, form *ContentForm, at Span) (octets, lines int) {
	b := d.Exchanges[d.content.at].Body
	m := len(form.Mark)
	mark, mask := form.word()
	n := -1 // the length of the line before, with its CR
	from, stop := 0, 0
	var eol EOL
	var measure int64
	for rest := block; ; {
		if len(rest) >= 8 && m <= 8 {
			if binary.LittleEndian.Uint64(rest)&mask != mark {
				break
			}
		} else if len(rest) < m || string(rest[:m]) != form.Mark {
			break
		}
		line := rest[m:]
		if len(line) == 0 || line[0] == '.' {
			break
		}
		// Lines of encoded content have one length. A line end inside what is taken
		// for a line would be found below, as it is not printable.
		if uint(n) >= uint(len(line)) || line[n] != '\n' {
			if n = bytes.IndexByte(line, '\n'); n < 0 {
				break
			}
		}
		text, end := line[:n], form.LF
		if n > 0 && line[n-1] == '\r' {
			text, end = line[:n-1], form.CRLF
		}
		if end != eol && lines > 0 || end == LF || len(text) > 78 || startsLikeVerb(text) || odd(text) {
			break
		}
		eol = end
		from = len(block) - len(rest)
		stop = from + m + len(text)
		measure += int64(len(text))
		rest = line[n+1:]
		octets = len(block) - len(rest)
		lines++
	}
	if lines == 0 {
		return 0, 0
	}
	last := Span{Offset: at.Offset + int64(from), Line: at.Line + uint32(lines) - 1, Column: 1, Length: uint32(stop - from), Packet: at.Packet}
	b.addPlain(int64(lines), measure+int64(lines*eol.Octets()), last, eol, stop-from == m)
	d.End = last
	d.follows(Span{Offset: at.Offset, Line: at.Line, Column: 1})
	d.lines[Client] += int64(lines)
	d.noClock = true
	d.content.loose = false
	d.content.held, d.content.text = d.content.held[:0], d.content.text[:0]
	return octets, lines
}

// inRun reports whether lines of content may be read in runs: the header is
// over and nothing else is going on.
func (r *reader) inRun() bool {
	d := r.plain.d
	return d != nil && d.mode == inContent && r.last == &r.plain && d.Exchanges[d.content.at].Body.ended
}

// asSent is how content stands where it is recorded octet for octet.
var asSent = ContentForm{CRLF: CRLF, LF: LF}

// Content makes a reader a Sink.
func (r *reader) Content(l *Line, block []byte) (octets, lines int) {
	c := r.connection(l.Conn)
	r.hear(c)
	d := c.d
	if d == nil || d.mode != inContent || d.speaker != Client || d.swapped || r.stopped {
		return 0, 0
	}
	b := d.Exchanges[d.content.at].Body
	if !b.ended {
		return 0, 0
	}
	noClock := d.noClock || l.At == 0
	if octets, lines = d.run(block, &asSent, l.Span); lines > 0 {
		b.At, d.noClock = l.At, noClock
	}
	return octets, lines
}

// Line makes a reader a Sink.
func (r *reader) Line(l *Line) { r.gather(l) }

// Stopped makes a reader a Sink.
func (r *reader) Stopped() bool { return r.stopped }

// tap is a Sink for the lines alone.
type tap func(*Line)

func (t tap) Line(l *Line)                     { t(l) }
func (t tap) Content(*Line, []byte) (int, int) { return 0, 0 }
func (t tap) Stopped() bool                    { return false }
