package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// tangle watches a recording whose notation does not tell sessions apart. When
// a greeting comes while a session is still open, nothing says who speaks to
// whom from there on: of such sessions only single lines prove anything.
type tangle struct {
	open     int  // sessions that have been greeted and not been seen off
	securing bool // the next 220 answers STARTTLS
}

// single is what a line can prove without the lines around it.
const single = transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets | transcripts.Clock

// emit hands out a line, and says before and after a greeting that its session
// is mixed up with others.
func (t *tangle) emit(raw *transcripts.Raw, l *transcripts.Line, f *transcripts.Format, emit func(*transcripts.Line)) {
	greeting := t.follow(l)
	mixed := greeting && t.open > 1
	if mixed {
		emitProves(raw, l.Conn, f.Proves&single, emit)
	}
	emit(l)
	if mixed {
		emitProves(raw, l.Conn, f.Proves&single, emit)
	}
}

// follow counts the open sessions and reports whether l is a greeting.
func (t *tangle) follow(l *transcripts.Line) bool {
	switch {
	case l.From == transcripts.Client:
		t.securing = t.securing || len(l.Text) >= 8 && bytes.EqualFold(l.Text[:8], []byte("STARTTLS"))
	case l.From == transcripts.Server && len(l.Text) > 3 && l.Text[3] != '-':
		switch string(l.Text[:3]) {
		case "220":
			if t.securing {
				t.securing = false
				return false
			}
			t.open++
			return true
		case "221", "421":
			t.open = max(0, t.open-1)
		}
	case l.Note == transcripts.Closed, l.Note == transcripts.ClientClosed, l.Note == transcripts.ServerClosed:
		t.open = max(0, t.open-1)
	}
	return false
}
