package transcripts

// A Span says where something stands in a recording: a run of octets within
// one line. It is a value small enough to travel with every line and reply.
// The zero Span is nowhere: what it belongs to is not in the recording.
type Span struct {
	Offset int64  // octets from the start of the (unpacked) recording; in captures, those that both sides had said before
	Line   uint32 // from 1; in captures, of the lines that begin in the packet
	Column uint32 // octets, from 1
	Length uint32 // octets
	Packet uint32 // number of the packet that carried the first octet, from 1; 0 outside captures
}

// Known reports whether the span is a place in the recording.
func (s Span) Known() bool { return s.Line != 0 }

// Part returns the span of n octets that begins from octets into s.
func (s Span) Part(from, n int) Span {
	s.Offset += int64(from)
	s.Column += uint32(from)
	s.Length = uint32(n)
	return s
}

// tail returns the span of the last n octets of s, where the text of a line
// stands after the recorder's marks. Where a notation escapes, the text is
// longer in the recording than on the wire; the span then starts late rather
// than before the line.
func (s Span) tail(n int) Span {
	if n > int(s.Length) {
		return s
	}
	return s.Part(int(s.Length)-n, n)
}
