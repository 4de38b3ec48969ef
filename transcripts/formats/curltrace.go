package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// curl --trace dumps what it sends and receives in blocks: a line with the
// direction and the number of octets, then 16 octets in each line. Where curl
// ends a message itself it shows that only since 8.7.0, and the QUIT at its
// end it never shows.
var curlTrace = &transcripts.Format{
	Name:     "curl-trace",
	Programs: "curl 7.88.1, 8.22 (--trace, --trace-time, --trace-ids)",
	Record:   "curl -s --trace session.log --trace-time --mail-from FROM --mail-rcpt TO -T FILE smtp://HOST",
	Captured: true,
	Proves: curlTraceProves | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets,
	Sign: func(line []byte) int {
		if _, row, ok := curlRow(line); ok && len(hexOctets(nil, line[row-1:], curlHexWidth, 0)) > 3 {
			return transcripts.Strong
		}
		return signCurlTrace(line)
	},
	New: func([]byte) transcripts.Decoder { return &curlTraceDecoder{} },
}

// curl --trace-ascii, and -vvv, write the same blocks as text: up to 64 octets
// in a line, a line break instead of each CRLF, and a period instead of what
// is not printable ASCII.
var curlTraceASCII = &transcripts.Format{
	Name:     "curl-trace-ascii",
	Programs: "curl 7.88.1, 8.22 (--trace-ascii, -vvv)",
	Record:   "curl -s --trace-ascii session.log --trace-time --mail-from FROM --mail-rcpt TO -T FILE smtp://HOST",
	Captured: true,
	Proves:   curlTraceProves,
	HoldsOne: "=*0",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("0000: ")) && len(hexOctets(nil, line[5:], 1, 0)) == 0 {
			return transcripts.Medium
		}
		return signCurlTrace(line)
	},
	New: func([]byte) transcripts.Decoder { return &curlTraceDecoder{ascii: true} },
}

const curlTraceProves = transcripts.Opening | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
	transcripts.Bodies | transcripts.Stuffing | transcripts.Secrets | transcripts.Clock | transcripts.Outcome

const (
	curlHexWidth  = 16
	curlTextWidth = 64
)

func signCurlTrace(line []byte) int {
	_, mark := curlMark(line)
	rest := line[mark:]
	if _, _, ok := curlBlock(rest); ok || bytes.HasPrefix(rest, []byte(curlInfo)) || curlSays(rest) {
		return transcripts.Strong
	}
	return 0
}

const curlInfo = "== Info: "

// curlBlock reads the line before a block: the direction, what it holds, and
// the number of octets. Blocks of TLS records hold nothing to read, and those
// of received data only repeat the replies that curl prints.
func curlBlock(text []byte) (who transcripts.Party, size int, ok bool) {
	rest, sent := bytes.CutPrefix(text, []byte("=> Send "))
	if !sent {
		if rest, ok = bytes.CutPrefix(text, []byte("<= Recv ")); !ok {
			return 0, 0, false
		}
		who = transcripts.Server
	}
	kind, rest, ok := bytes.Cut(rest, []byte(", "))
	digits, _, found := bytes.Cut(rest, []byte(" bytes (0x"))
	if !ok || !found || len(digits) == 0 || len(digits) > 9 {
		return 0, 0, false
	}
	size = number(digits)
	switch string(kind) {
	case "header":
	case "data":
		if !sent {
			who = transcripts.Recorder
		}
	case "SSL data":
		who = transcripts.Recorder
	default:
		return 0, 0, false
	}
	return who, size, size >= 0
}

// curlRow reads the offset before a row of a block, and says where the row
// itself begins.
func curlRow(text []byte) (offset, row int, ok bool) {
	for row < len(text) && row < 8 && isHex(text[row]) {
		offset = offset<<4 | int(hex(text[row]))
		row++
	}
	if row < 4 || row+1 >= len(text) || text[row] != ':' || text[row+1] != ' ' {
		return 0, 0, false
	}
	return offset, row + 2, true
}

type curlTraceDecoder struct {
	ascii bool
	dump  bool              // the line is part of a block
	who   transcripts.Party // of the block; Recorder where it is not to be read
	size  int               // of the block
	at    transcripts.Instant
	lines duplex
	row   []byte // octets of a row
	held  bool   // row is text whose line end is not known yet
	where transcripts.Span
	next  int // where the text in row ends in the block

	asked  bool // the last reply was a 354
	body   int  // lines of content since then
	last   endOfData
	dotted bool // the first of them has a period that may be anything
}

// endOfData is what the last two lines of content say about its end.
type endOfData uint8

const (
	noEnd    endOfData = iota // the last line has no CRLF
	lineEnd                   // it has
	dataEnds                  // and is a period
)

func (d *curlTraceDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	offset, row, ok := curlRow(text)
	if d.dump = ok; ok {
		if d.who != transcripts.Recorder {
			d.octets(raw, offset, row, emit)
		}
		return
	}
	at, mark := curlMark(text)
	rest := text[mark:]
	if who, size, ok := curlBlock(rest); ok {
		d.settle(d.size, emit)
		d.who, d.size, d.at = who, size, at
		return
	}
	d.settle(d.size, emit)
	d.who = transcripts.Recorder
	said, ok := bytes.CutPrefix(rest, []byte(curlInfo))
	if !ok {
		if said, ok = bytes.CutPrefix(rest, []byte("* ")); !ok {
			return
		}
	}
	if len(said) > 0 && said[0] == '[' {
		return // what curl -vvv tells about its own parts
	}
	l := raw.Remark(curlNote(said), mark)
	l.At = at
	d.lines.emit(&l, emit)
	if l.Note == transcripts.Opened {
		emitPort(raw, bytes.TrimRight(text, "."), emit)
	}
}

func (d *curlTraceDecoder) dumped() bool { return d.dump }

// Flush hands out a line that the recording ends in.
func (d *curlTraceDecoder) Flush(emit func(*transcripts.Line)) {
	d.settle(d.size, emit)
	d.lines.end(func(l *transcripts.Line) { d.line(l, emit) })
}

// octets takes a row of a block.
func (d *curlTraceDecoder) octets(raw *transcripts.Raw, offset, row int, emit func(*transcripts.Line)) {
	if !d.ascii {
		d.row = hexOctets(d.row[:0], raw.Text[row-1:], min(curlHexWidth, max(0, d.size-offset)), 0)
		d.feed(raw.Span, emit)
		return
	}
	d.settle(offset, emit)
	d.row = append(d.row[:0], raw.Text[row:]...)
	d.held, d.where, d.next = true, raw.Span, offset+len(d.row)
}

// settle decides how the text that is held ends, now that it is known where in
// the block the next one begins: a CRLF is left out of the text. curl shows
// each line of a reply in a block of its own; without a CRLF it ends in LF.
func (d *curlTraceDecoder) settle(offset int, emit func(*transcripts.Line)) {
	if !d.held {
		return
	}
	d.held = false
	switch n := len(d.row); {
	case offset >= d.next+2:
		d.row = append(d.row, '\r', '\n')
	case d.who == transcripts.Server && offset == d.size && n > 0 && d.row[n-1] == '.':
		d.row[n-1] = '\n'
	}
	d.feed(d.where, emit)
}

func (d *curlTraceDecoder) feed(span transcripts.Span, emit func(*transcripts.Line)) {
	if d.who == transcripts.Server && d.asked {
		d.endContent(span, emit)
	}
	d.lines.feed(d.who, d.row, span, func(l *transcripts.Line) { d.line(l, emit) })
}

func (d *curlTraceDecoder) line(l *transcripts.Line, emit func(*transcripts.Line)) {
	l.At = d.at
	if d.ascii && l.EOL != transcripts.CRLF {
		l.EOL = transcripts.EOLUnknown
	}
	switch {
	case l.From == transcripts.Server:
		d.asked, d.body, d.last = bytes.HasPrefix(l.Text, []byte("354")), 0, lineEnd
	case d.asked:
		d.content(l, emit)
	}
	emit(l)
}

// content takes a line of content. In text a line end that is not CRLF looks
// like a period: where a single line is all there is, or one is longer than
// any may be, it may well be several.
func (d *curlTraceDecoder) content(l *transcripts.Line, emit func(*transcripts.Line)) {
	period := string(l.Text) == "."
	switch {
	case l.EOL != transcripts.CRLF:
		d.last = noEnd
	case period && d.last != noEnd:
		d.last = dataEnds
	default:
		d.last = lineEnd
	}
	dotted := d.ascii && len(l.Text) > 1 && bytes.IndexByte(l.Text, '.') >= 0
	if dotted && len(l.Text) > longestTextLine || period && d.dotted && d.body == 1 {
		fact := "proves: " + (curlTraceProves &^ (transcripts.Bodies | transcripts.Stuffing)).String()
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Fact, Text: []byte(fact), Span: l.Span})
	}
	d.body++
	d.dotted = dotted && d.body == 1
}

// longestTextLine is how long a line may be without its CRLF, in octets
// (RFC 5321 §4.5.3.1.6).
const longestTextLine = 998

// endContent is called when the server answers content. curl reads a reply
// only after it has sent the end of data; where that is not shown it is what
// curl before 8.7.0 sends unseen: a period between CRLFs.
func (d *curlTraceDecoder) endContent(span transcripts.Span, emit func(*transcripts.Line)) {
	open := d.lines.sides[transcripts.Client].open()
	if !open && (d.last == dataEnds || d.body == 0) {
		return
	}
	end := ".\r\n"
	if open || d.last == noEnd {
		end = "\r\n.\r\n"
	}
	d.lines.feed(transcripts.Client, []byte(end), span, func(l *transcripts.Line) { d.line(l, emit) })
}
