package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// openReply puts back what stands between code and text, for notations that
// do not show it: a line of a reply is handed out once it is known whether
// another one with its code follows.
type openReply struct{ last heldLine }

// next takes a line of a reply.
func (r *openReply) next(l *transcripts.Line, code, text []byte, emit func(*transcripts.Line)) {
	if r.last.held && bytes.Equal(r.last.text[:3], code) {
		r.last.text[3] = '-'
	}
	r.last.release(emit)
	l.Text = nil
	r.last.hold(l)
	r.last.text = append(append(append(r.last.text, code...), ' '), text...)
	r.last.line.Text = r.last.text
}

// end is called where no further line of the reply can follow.
func (r *openReply) end(emit func(*transcripts.Line)) { r.last.release(emit) }
