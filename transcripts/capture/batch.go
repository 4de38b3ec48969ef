package capture

import "github.com/smtplint/smtplint/transcripts"

// A batch keeps lines of a connection: until it is known whether they are
// SMTP, and then, where many connections speak at the same time, until there
// is more to hand on at once. What looks at a conversation is quicker with all
// of it than with one line of each in turn.
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

// Bounds on what is kept of conversations that are SMTP, in octets.
const (
	mostBatched    = 32 << 10 // of one
	mostBatchedAll = 8 << 20  // of all
)

func (b *batch) add(l *transcripts.Line) {
	b.text = append(b.text, l.Text...)
	b.lines = append(b.lines, kept{
		at: l.At, cut: l.Cut, offset: l.Span.Offset, packet: l.Span.Packet, line: l.Span.Line,
		length: uint32(len(l.Text)), from: l.From, eol: l.EOL, note: l.Note,
	})
}

// restore makes l the kept line again, whose text text begins with, and returns
// the text behind it.
func (k *kept) restore(l *transcripts.Line, text []byte) []byte {
	*l = transcripts.Line{
		From: k.from, Text: text[:k.length], Cut: k.cut, EOL: k.eol, At: k.at, Note: k.note,
		Span: transcripts.Span{Offset: k.offset, Line: k.line, Column: 1, Length: k.length, Packet: k.packet},
	}
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

// flush hands on what was kept. From here on the connection's lines are handed
// on as they come.
func (t *talker) flush(c *conn) {
	b := c.talk.batch
	if b == nil {
		return
	}
	c.talk.batch = nil
	t.batched -= len(b.text)
	text := b.text
	for i := range b.lines {
		text = b.lines[i].restore(&t.line, text)
		t.out(c, &t.line)
	}
	t.free(b)
}
