package formats

import "github.com/smtplint/smtplint/transcripts"

// wireLine puts octets of the wire, which a notation gives one by one or in
// chunks, together to lines.
type wireLine struct {
	who  transcripts.Party
	line []byte           // so far
	cut  int64            // octets of a very long line that are not in it
	last byte             // the last octet
	at   transcripts.Span // where the line began
	here transcripts.Span // where the next octet stands

	perOctet int // how long the notation of CR or LF is
}

const longestWireLine = 64 << 10 // of what is kept of a line

// begin forgets what was not finished. The first line's span starts at mark,
// where the recorder's words before the octets begin.
func (w *wireLine) begin(who transcripts.Party, mark transcripts.Span) {
	*w = wireLine{who: who, line: w.line[:0]}
	w.goOn(mark)
}

// goOn begins an entry that may go on with the line that the one before it did
// not finish. Such a line is where its end is.
func (w *wireLine) goOn(mark transcripts.Span) { w.at, w.here = mark, mark }

// put takes one octet.
func (w *wireLine) put(c byte) {
	w.last = c
	if len(w.line) < longestWireLine || c == '\n' {
		w.line = append(w.line, c)
	} else {
		w.cut++
	}
}

// end hands out what stands after the last line end.
func (w *wireLine) end(emit func(*transcripts.Line)) {
	if len(w.line) > 0 {
		w.emit(emit)
	}
}

// emit hands out the line so far. Its span ends where its text ends.
func (w *wireLine) emit(emit func(*transcripts.Line)) {
	l := transcripts.Line{From: w.who, Cut: w.cut, Span: w.at}
	l.Text, l.EOL = cutEOL(w.line)
	terminator := (len(w.line) - len(l.Text)) * w.perOctet
	l.Span.Length = uint32(max(0, w.here.Offset-w.at.Offset-int64(terminator)))
	emit(&l)
	w.line, w.cut, w.last, w.at = w.line[:0], 0, 0, transcripts.Span{}
}

// cutEOL takes the terminator off the octets of a line.
func cutEOL(b []byte) ([]byte, transcripts.EOL) {
	n := len(b)
	switch {
	case n > 1 && b[n-2] == '\r' && b[n-1] == '\n':
		return b[:n-2], transcripts.CRLF
	case n > 0 && b[n-1] == '\n':
		return b[:n-1], transcripts.LF
	}
	return b, transcripts.NoEOL
}
