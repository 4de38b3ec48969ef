package transcripts

import "io"

// A Format is one notation of SMTP conversations: what one kind of program
// writes. It is a value; what reading it takes lives in its Decoder.
type Format struct {
	Name     string   // short, lower case; what --input-format takes
	Programs string   // which programs write it, with the versions seen
	Record   string   // the command or setting that makes such a recording
	Captured bool     // read against captures of the real program, not from its description alone
	Proves   Evidence // what a recording in this notation can prove at best

	// Sign weighs one line of a recording: how likely it was written in this
	// notation. 0 is not at all.
	Sign func(line []byte) int

	// First holds the octets that a line with a weight can begin with; empty:
	// any. Lines that begin otherwise need not be shown to Sign.
	First string

	// Holds are octets that each line with a weight has all of, HoldsOne those of
	// which it has at least one. Lines without need not be shown to Sign either.
	Holds, HoldsOne string

	// Shape, where it is set, weighs what no single line shows: how lines end,
	// or lines that have no mark. It is given the lines of the head up to the
	// first 354 that are not empty, each with the CR before its LF if it has one.
	Shape func(lines [][]byte) int

	// New makes a decoder for a recording that begins with head, which is cut
	// off after HeadLength octets.
	New func(head []byte) Decoder

	// A recording that is not lines of text is known by how it begins, and
	// read as a whole. It needs no New.
	Begins func(head []byte) bool
	Read   func(src io.Reader, hints Hints, to Sink) error

	// Split begins to read a recording of many conversations, which it deals out
	// to several sinks. Read is for one that wants all in the order of time.
	Split func(src io.Reader, hints Hints, to []Sink) Split
}

// A Sink takes what is in a recording that is read as a whole.
type Sink interface {
	Line(l *Line)

	// Content takes as many lines of message content off the start of block as
	// end in CRLF and need no closer look, and returns their octets and their
	// number. l says where and when the first of them was sent, and on which
	// connection. It may take none, also where lines would be content.
	Content(l *Line, block []byte) (octets, lines int)

	// Stopped reports whether no more is wanted.
	Stopped() bool
}

// HeadLength is how much of a recording is looked at before it is read.
const HeadLength = 64 << 10

// What Sign and Shape return. A Shape that finds the recording to be in another
// notation, however its lines look one by one, returns -Certain.
const (
	Weak   = 1  // other notations have lines like this
	Medium = 4  // few have
	Strong = 16 // none has

	// Certain settles it: what was seen is in no other notation, while the
	// other lines of the recording may look just like those of one.
	Certain = 1 << 12
)

// A Decoder turns the lines of a recording, one after the other, into the
// lines of the conversations in it. One line may carry none, one, or many of
// them. A Decoder belongs to one recording.
type Decoder interface {
	Decode(raw *Raw, emit func(*Line))
}

// A Flusher is a Decoder that may hold lines back until it has seen more.
// Flush is called at the end of the recording.
type Flusher interface {
	Flush(emit func(*Line))
}

// A PieceDecoder takes lines that are too long to be held in pieces. Other
// decoders are given the start of such a line, and the number of octets cut
// off.
type PieceDecoder interface {
	Decoder
	DecodePiece(raw *Raw, first, last bool, emit func(*Line))
}

// Raw is one line of the recording as it stands in the file.
type Raw struct {
	Text []byte // without its terminator
	EOL  EOL    // how it ends in the file
	Cut  int64  // octets of a very long line that are not in Text
	Span Span
}

// Lend makes what Line makes, in a Line that the decoder keeps for that, so that
// a line costs no memory.
func (r *Raw) Lend(l *Line, p Party, from, mark int) {
	l.From, l.Text, l.Cut = p, r.Text[mark:], r.Cut
	l.Span.Offset, l.Span.Line, l.Span.Column = r.Span.Offset+int64(from), r.Span.Line, r.Span.Column+uint32(from)
	l.Span.Length, l.Span.Packet = uint32(len(r.Text)-from), r.Span.Packet
	l.EOL, l.At, l.Conn, l.Note, l.Verdict = EOLUnknown, 0, nil, Comment, Unjudged
}

// Line makes a Line of the text from octet mark on, where the octets from
// octet from to mark are the recorder's mark.
func (r *Raw) Line(p Party, from, mark int) Line {
	return Line{
		From: p, Text: r.Text[mark:], Cut: r.Cut,
		Span: r.Span.Part(from, len(r.Text)-from),
	}
}

// Remark makes a Recorder line of the text from octet from on.
func (r *Raw) Remark(n Note, from int) Line {
	return Line{From: Recorder, Note: n, Text: r.Text[from:], Span: r.Span.Part(from, len(r.Text)-from)}
}
