package redact

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/rules/private"
	"github.com/smtplint/smtplint/transcripts"
)

// bodies finds message content among the lines of a recording.
type bodies struct {
	known  []body
	at     map[string]*reader // by connection
	titles map[string]uint64  // lines of header sections, each with a number
}

// body is where the content of one message stands, or one piece of it.
type body struct {
	conn     string
	from, to int64 // offsets of its first and its last line; commands may share them
	line     uint32
	begins   string // its first line
	lines    int64
	octets   int64 // of BDAT, which may end within a line; else -1
	met      bool
}

// reader is how far content was read on one connection.
type reader struct {
	body          body
	lines, octets int64 // still to come
	header        bool  // in the header section
	kept          bool  // in a field that says what kind of message it is
}

const begun = 12 // octets tell the first line of content from commands in the same place

// add learns where content stands in a session.
func (b *bodies) add(s *transcripts.Session) {
	for i := range s.Exchanges {
		c := s.Exchanges[i].Body
		if c == nil || c.Lines == 0 {
			continue
		}
		octets := int64(-1)
		if c.End == transcripts.Counted && c.EndsKnown() {
			octets = c.Chunk
		}
		b.known = append(b.known, body{
			conn: strings.Clone(s.ID), from: c.Span.Offset, to: c.Stop.Offset, line: c.Span.Line,
			begins: strings.Clone(c.First[:min(len(c.First), begun)]), lines: c.Lines, octets: octets,
		})
	}
}

func (b *bodies) sort() {
	b.at = map[string]*reader{}
	b.titles = map[string]uint64{}
	slices.SortStableFunc(b.known, func(x, y body) int { return int(x.from - y.from) })
}

// holds returns how far content was read where a line is some, else nil.
func (b *bodies) holds(l *transcripts.Line) *reader {
	if len(b.known) == 0 || l.From != transcripts.Client {
		return nil
	}
	r := b.at[string(l.Conn)]
	if r == nil {
		r = &reader{}
		b.at[string(l.Conn)] = r
	}
	if r.lines == 0 || l.Span.Offset > r.body.to {
		if !b.begin(r, l) {
			r.lines = 0
			return nil
		}
	}
	r.lines--
	return r
}

// begin finds the content that a line is the first of.
func (b *bodies) begin(r *reader, l *transcripts.Line) bool {
	n, _ := slices.BinarySearchFunc(b.known, l.Span.Offset, func(k body, at int64) int { return int(k.from - at) })
	for ; n < len(b.known) && b.known[n].from == l.Span.Offset; n++ {
		k := &b.known[n]
		if k.met || len(l.Conn) > 0 && k.conn != string(l.Conn) || !bytes.HasPrefix(l.Text, []byte(k.begins)) || k.begins == "" && len(l.Text) > 0 {
			continue
		}
		k.met = true
		*r = reader{body: *k, lines: k.lines, octets: k.octets, header: true}
		return true
	}
	return false
}

// missed returns the line of content that was not met, or 0.
func (b *bodies) missed() uint32 {
	for i := range b.known {
		if !b.known[i].met {
			return b.known[i].line
		}
	}
	return 0
}

// mask masks a line of content. In the header section the names of fields stay,
// and the values that say what kind of message it is.
func (b *bodies) mask(r *reader, text []byte, eol transcripts.EOL) {
	if r.octets >= 0 {
		whole := int64(len(text) + eol.Octets())
		text = text[:min(int64(len(text)), r.octets)]
		r.octets = max(0, r.octets-whole)
	}
	if len(text) == 0 {
		r.header = false
	}
	if !r.header {
		private.Mask(text[command(text):], nil)
		return
	}
	seed := b.number(text)
	if text[0] != ' ' && text[0] != '\t' {
		name, value, found := bytes.Cut(text, []byte{':'})
		r.kept = found && private.Kept(string(name))
		if found && bytes.IndexByte(name, ' ') < 0 {
			text = value
		}
	}
	if !r.kept {
		private.Mask(text, seed)
	}
}

// command returns how much of a line of content says that it looks like a
// command: what the server takes content for may depend on it.
func command(text []byte) int {
	for _, words := range [...]string{"BDAT ", "DATA", "EHLO ", "HELO ", "MAIL FROM:", "NOOP", "QUIT", "RCPT TO:", "RSET"} {
		if bytes.HasPrefix(text, []byte(words)) && (len(text) == len(words) || len(words) > len("DATA")) {
			return len(words)
		}
	}
	return 0
}

// number gives each line of a header section a number, so that different ones
// stay different.
func (b *bodies) number(line []byte) []byte {
	n, known := b.titles[string(line)]
	if !known {
		n = uint64(len(b.titles))
		b.titles[string(line)] = n
	}
	return binary.LittleEndian.AppendUint64(nil, n)
}
