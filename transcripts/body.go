package transcripts

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// A Body is message content. Its octets are not kept: what is kept is its
// measure, its header section up to a bound, and the first places of each
// oddity. A 2 GiB message takes as much memory as an empty one.
type Body struct {
	Lines   int64
	Octets  int64  // as recorded, terminators counted (an unknown one as CRLF), the end-of-data line not
	Doubled int64  // lines that begin with two periods: a stuffed one, where the recording shows content as sent
	Header  string // the header section as recorded, up to 64 KiB
	Marks   []Mark // oddities, in the order in which the first of each was met
	End     End
	Early   bool    // some of it was sent before the 354
	Chunk   int64   // for BDAT: the octets that it announced
	Last    bool    // for BDAT: the last chunk
	Span    Span    // the first line
	Stop    Span    // the line that ended it: the period, or the last line recorded
	At      Instant // of that line
	Smuggle bool    // the server took a period for the end whose line ends are not CRLF
	First   string  // the start of the first line
	Blank   bool    // the last line is empty, and not the one behind the header section
	ended   bool    // the header section is over
	halved  bool    // for BDAT: the chunk before ended in the CR of a CRLF
	before  EOL     // how the line before ended
	shown   EOL     // EOLUnknown as soon as one line's end was unknown
	header  []byte
	texts   *arena // of the session
}

// End is how content ended.
type End uint8

const (
	EndUnknown End = iota // the recording does not show how
	Dot                   // with a line that holds only a period
	Counted               // with the announced number of octets (BDAT)
	Cut                   // not at all: the connection or the recording ended, or the server gave up
	Elided                // the recorder left content out
)

func (e End) String() string { return [...]string{"unknown", "dot", "counted", "cut", "elided"}[e] }

// A Mark counts one kind of oddity in a Body.
type Mark struct {
	Kind    MarkKind
	Count   int64
	First   []Span // of the first few lines that show it
	Excerpt string // the start of the first of them
	Head    bool   // the first of them is in the header section
	Shape   string // of the first BareCR or LooseEnd: what exactly was sent, as "<LF>.<CR><LF>"
	Bait    string // of the first LooseEnd: the command that followed it, "" where none did
}

// MarkKind is a kind of oddity in content.
type MarkKind uint8

const (
	BareLF         MarkKind = iota // a line that ended with LF alone
	BareCR                         // a CR inside a line, or one that ended it alone
	NUL                            // an octet 0
	Control                        // another control character, TAB and ESC apart
	EightBit                       // an octet above 127
	LongLine                       // more than 998 octets (RFC 5322 §2.1.1)
	DotText                        // exactly one period, then text
	LoneDot                        // a period alone, and the content went on
	DotSpace                       // a period, then only spaces or tabs
	LooseEnd                       // a period alone whose line ends are not CRLF before and after (SMTP smuggling)
	CommandTail                    // the content's last lines look like commands
	HeaderEightBit                 // an octet above 127 in the header section
	Long78                         // more than 78 octets (RFC 5322 §2.1.1)
)

func (k MarkKind) String() string {
	return [...]string{"bare-lf", "bare-cr", "nul", "control", "eight-bit", "long-line", "dot-text", "lone-dot",
		"dot-space", "loose-end", "command-tail", "header-eight-bit", "long-78"}[k]
}

const (
	marksKept   = 3        // places of each oddity
	headerKept  = 64 << 10 // octets of header section
	excerptKept = 120      // octets of a line
	maxLine     = 998      // octets without CRLF, RFC 5322 §2.1.1, RFC 5321 §4.5.3.1.6
)

// stuffed is how a line begins whose period was doubled. The second one does
// not count for its length (RFC 5321 §4.5.3.1.6).
var stuffed = []byte("..")

// Mark returns the mark of a kind, or nil.
func (b *Body) Mark(kind MarkKind) *Mark {
	for i := range b.Marks {
		if b.Marks[i].Kind == kind {
			return &b.Marks[i]
		}
	}
	return nil
}

// Complete reports whether all of the content is on record.
func (b *Body) Complete() bool { return b.End == Dot || b.End == Counted }

// EndsKnown reports whether the recording shows how every line ended.
func (b *Body) EndsKnown() bool { return b.Lines > 0 && b.shown != EOLUnknown }

func (b *Body) reset() {
	*b = Body{Marks: b.Marks[:0], header: b.header[:0], texts: b.texts}
}

func (b *Body) mark(kind MarkKind, text []byte, at Span) *Mark {
	m := b.Mark(kind)
	if m == nil {
		n := len(b.Marks)
		b.Marks = slices.Grow(b.Marks, 1)[:n+1]
		m = &b.Marks[n]
		*m = Mark{Kind: kind, Excerpt: b.excerpt(text), Head: !b.ended, First: m.First[:0]}
	}
	m.Count++
	if len(m.First) < marksKept {
		m.First = append(m.First, at)
	}
	return m
}

// add measures one line of content.
func (b *Body) add(l *Line) {
	if b.Lines == 0 {
		b.Span, b.First, b.shown = l.Span, b.excerpt(l.Text), l.EOL
	} else if l.EOL == EOLUnknown {
		b.shown = EOLUnknown
	}
	b.Lines++
	length := int64(len(l.Text)) + l.Cut
	b.Octets += length + int64(l.EOL.Octets())
	b.Stop, b.At = l.Span, l.At
	b.Blank = len(l.Text) == 0 && b.ended
	if !b.ended {
		b.addHeader(l)
	}
	if length > 78 {
		b.mark(Long78, l.Text, l.Span)
		if length > maxLine+1 || length > maxLine && !bytes.HasPrefix(l.Text, stuffed) {
			b.mark(LongLine, l.Text, l.Span)
		}
	}
	switch l.EOL {
	case LF:
		if b.halved && b.Lines == 1 && length == 0 {
			break // its CR was in the chunk before
		}
		b.mark(BareLF, l.Text, l.Span)
	case CR:
		b.mark(BareCR, l.Text, l.Span)
	}
	if len(l.Text) > 0 && l.Text[0] == '.' {
		b.addDotted(l)
	}
	if odd(l.Text) {
		b.addOdd(l)
	}
	b.before = l.EOL
}

// addHalved measures the last line of a chunk that ends between CR and LF.
func (b *Body) addHalved(l *Line) {
	part := *l
	part.Text, part.EOL = bytes.TrimSuffix(l.Text, []byte{'\r'}), NoEOL
	b.add(&part)
	b.Octets++
}

// addPlain measures lines behind the header section of which add would keep
// nothing but their number. The last of them stands at last and is blank or not.
func (b *Body) addPlain(lines, octets int64, last Span, eol EOL, blank bool) {
	b.Lines += lines
	b.Octets += octets
	b.Stop, b.before, b.Blank = last, eol, blank
	if eol == EOLUnknown {
		b.shown = EOLUnknown
	}
}

func (b *Body) addHeader(l *Line) {
	if len(l.Text) == 0 {
		b.ended = true
		return
	}
	if len(b.header)+len(l.Text)+1 <= headerKept {
		b.header = append(append(b.header, l.Text...), '\n')
	}
}

func (b *Body) addDotted(l *Line) {
	switch rest := l.Text[1:]; {
	case len(rest) == 0:
		b.mark(LoneDot, l.Text, l.Span)
	case rest[0] == '.':
		b.Doubled++
	case len(bytes.TrimLeft(rest, " \t")) == 0:
		b.mark(DotSpace, l.Text, l.Span)
	default:
		b.mark(DotText, l.Text, l.Span)
	}
}

func (b *Body) addOdd(l *Line) {
	var seen [EightBit + 1]bool
	for _, c := range l.Text {
		switch {
		case c >= 0x80:
			seen[EightBit] = true
		case c == '\r':
			seen[BareCR] = true
		case c == 0:
			seen[NUL] = true
		case c < 0x20 && c != '\t' && c != 0x1b || c == 0x7f:
			seen[Control] = true
		}
	}
	for kind, yes := range seen {
		switch {
		case !yes:
		case MarkKind(kind) == BareCR:
			b.bareCR(l)
		default:
			b.mark(MarkKind(kind), l.Text, l.Span)
		}
	}
	if seen[BareCR] || seen[NUL] {
		b.oddPeriod(l)
	}
	if seen[EightBit] && !b.ended {
		b.mark(HeaderEightBit, l.Text, l.Span)
	}
}

// join adds the measure of content that followed b in the same message.
func (b *Body) join(next *Body) {
	b.Lines += next.Lines
	b.Octets += next.Octets
	b.Doubled += next.Doubled
	b.Stop, b.At, b.End, b.Blank = next.Stop, next.At, next.End, next.Blank
	if next.shown == EOLUnknown {
		b.shown = EOLUnknown
	}
	for i := range next.Marks {
		n := &next.Marks[i]
		m := b.Mark(n.Kind)
		if m == nil {
			b.Marks = append(b.Marks, Mark{Kind: n.Kind, Excerpt: n.Excerpt})
			m = &b.Marks[len(b.Marks)-1]
		}
		m.Count += n.Count
		for _, at := range n.First {
			if len(m.First) < marksKept {
				m.First = append(m.First, at)
			}
		}
	}
}

// odd reports whether b holds an octet that is no printable ASCII. It looks at
// eight octets at a time, and decides for 64 of them at once.
func odd(b []byte) bool {
	if len(b) < 8 {
		for _, c := range b {
			if c < 0x20 || c >= 0x7f {
				return true
			}
		}
		return false
	}
	// The last eight overlap with what is looked at before.
	seen := oddOctets(b[len(b)-8:])
	for len(b) >= 64 {
		w := (*[64]byte)(b)
		seen |= oddOctets(w[0:8]) | oddOctets(w[8:16]) | oddOctets(w[16:24]) | oddOctets(w[24:32]) |
			oddOctets(w[32:40]) | oddOctets(w[40:48]) | oddOctets(w[48:56]) | oddOctets(w[56:64])
		if seen&highBits != 0 {
			return true
		}
		b = b[64:]
	}
	for len(b) >= 8 {
		seen |= oddOctets(b)
		b = b[8:]
	}
	return seen&highBits != 0
}

const (
	highBits = 0x8080808080808080
	lowBits  = 0x0101010101010101
)

// oddOctets sets the high bit of one of the first eight octets, at least, where
// any of them is below 0x20 or above 0x7e: taking 0x20 off leaves 0x5e at most,
// and 0x21 on top of that stays below 0x80. Only an octet that is odd borrows
// from its neighbour, or carries into it.
func oddOctets(b []byte) uint64 {
	x := binary.LittleEndian.Uint64(b) - lowBits*0x20
	return x | (x + lowBits*0x21)
}

// excerpt keeps the start of a line, without a token for access.
func (b *Body) excerpt(line []byte) string {
	start := b.texts.keep(line[:min(len(line), excerptKept)])
	if token := BearerToken(start); token != "" {
		return strings.Replace(start, token, Mask, 1)
	}
	return start
}
