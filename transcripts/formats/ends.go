package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// ends tells how lines ended on the wire, for notations that copy a line with
// its CR. A recording that was made through a terminal has a CR of its own on
// every line, and one that was saved by an editor may have lost them all: a
// missing CR means something only after one was seen, and a CR only where the
// recorder's own lines have none.
type ends struct {
	doubled bool // the recorder's own lines end with CR as well
	seen    bool // a line with a CR of the wire was seen
}

// own takes a line that the recorder wrote for itself.
func (e *ends) own(raw *transcripts.Raw) {
	if raw.EOL == transcripts.CRLF {
		e.doubled = true
	}
}

// of sets the line end of l, whose text ends where raw ends.
func (e *ends) of(raw *transcripts.Raw, l *transcripts.Line) {
	cr := raw.EOL == transcripts.CRLF
	if e.doubled {
		text, found := bytes.CutSuffix(l.Text, []byte{'\r'})
		l.Text, cr = text, found
	}
	switch {
	case cr:
		l.EOL, e.seen = transcripts.CRLF, true
	case e.seen && raw.EOL != transcripts.NoEOL:
		l.EOL = transcripts.LF
	}
}
