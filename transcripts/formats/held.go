package formats

import "github.com/smtplint/smtplint/transcripts"

// heldLine is a line that is handed out once the next one has shown how it
// ended. Its text is kept, since lines are lent.
type heldLine struct {
	line transcripts.Line
	text []byte
	held bool
}

func (h *heldLine) hold(l *transcripts.Line) {
	h.text = append(h.text[:0], l.Text...)
	h.line, h.held = *l, true
	h.line.Text = h.text
}

// release hands the line out as it is.
func (h *heldLine) release(emit func(*transcripts.Line)) {
	if h.held {
		h.held = false
		emit(&h.line)
	}
}

// endPiece releases the line where the newline behind it turns out to be the
// recorder's own: an empty one is none at all.
func (h *heldLine) endPiece(emit func(*transcripts.Line)) {
	h.line.EOL = transcripts.EOLUnknown
	h.held = h.held && len(h.text) > 0
	h.release(emit)
}

// join puts the line before l, which goes on with it.
func (h *heldLine) join(l *transcripts.Line) {
	if h.held && len(h.text) > 0 {
		h.text = append(h.text, l.Text...)
		l.Text, l.Span = h.text, h.line.Span
	}
	h.held = false
}
