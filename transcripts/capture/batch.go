package capture

import "github.com/smtplint/smtplint/transcripts"

// A batch keeps lines of a connection until it is known whether they are SMTP.
type batch struct {
	text  []byte
	lines []kept
}

// kept is a line without its text.
type kept struct {
	at           transcripts.Instant
	cut, offset  int64
	packet, line uint32
	length       uint32
	from         transcripts.Party
	eol          transcripts.EOL
	note         transcripts.Note
}

func (b *batch) add(l *transcripts.Line) {
	b.text = append(b.text, l.Text...)
	b.lines = append(b.lines, kept{})
	k := &b.lines[len(b.lines)-1]
	k.at, k.cut, k.offset, k.packet, k.line = l.At, l.Cut, l.Span.Offset, l.Span.Packet, l.Span.Line
	k.length, k.from, k.eol, k.note = uint32(len(l.Text)), l.From, l.EOL, l.Note
}

// restore makes l the kept line again, whose text text begins with, and returns
// the text behind it.
func (k *kept) restore(l *transcripts.Line, text []byte) []byte {
	l.From, l.Text, l.Cut, l.EOL, l.At, l.Note = k.from, text[:k.length], k.cut, k.eol, k.at, k.note
	l.Verdict = transcripts.Unjudged
	l.Span.Offset, l.Span.Line, l.Span.Column = k.offset, k.line, 1
	l.Span.Length, l.Span.Packet = k.length, k.packet
	return text[k.length:]
}

func (t *talker) newBatch() *batch {
	n := len(t.spare)
	if n == 0 {
		return new(batch)
	}
	b := t.spare[n-1]
	t.spare = t.spare[:n-1]
	return b
}

func (t *talker) free(b *batch) {
	b.text, b.lines = b.text[:0], b.lines[:0]
	t.spare = append(t.spare, b)
}
