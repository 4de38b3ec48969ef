package transcripts

// A gathering keeps lines of a connection until there are more of them, at best
// those of a whole session. Where many connections are recorded among each
// other, what looks at a conversation is far quicker with many lines of it than
// with one of each in turn: caches hold a few dialogues, but not a thousand.
type gathering struct {
	lines []gathered
	text  []byte
}

// gathered is a line without its text.
type gathered struct {
	at      Instant
	cut     int64
	span    Span
	octets  uint32 // of text
	from    Party
	eol     EOL
	note    Note
	verdict Verdict
}

const (
	mostLive     = 16       // dialogues that are fed line by line
	mostGathered = 512      // lines of one connection
	gatheredText = 16 << 10 // their octets
)

// gather gives a line to the session that it belongs to, now or together with
// lines behind it.
func (r *reader) gather(l *Line) {
	if !r.heeds(l) {
		return
	}
	if len(l.Conn) == 0 {
		r.give(&r.plain, l)
		return
	}
	c := r.connection(l.Conn)
	if !r.waits(c, l) {
		r.hear(c)
		r.give(c, l)
		return
	}
	if !c.kept.hasRoom(l) {
		r.hear(c)
	}
	if n := len(r.emptied); cap(c.kept.lines) == 0 && n > 0 {
		c.kept, r.emptied = r.emptied[n-1], r.emptied[:n-1]
	}
	c.kept.add(l)
	r.last = c
	r.heardOf(c, len(l.Text)+len(l.Conn))
}

// waits reports whether a line may be kept. What ends a session is not, so that
// sessions end in the order in which they were recorded. A session that the
// recorder has seen open, on a connection with a name, is ended by the recorder
// alone.
func (r *reader) waits(c *connection, l *Line) bool {
	switch {
	case len(l.Text) > gatheredText:
		return false
	case c.gathers:
		return l.From != Recorder || l.Note == Fact
	case l.Note == Opened:
		c.gathers = r.live >= mostLive && c.name != "" && c.d == nil && !c.torn
	}
	return c.gathers
}

func (g *gathering) hasRoom(l *Line) bool {
	return len(g.lines) < mostGathered && len(g.text)+len(l.Text) <= gatheredText
}

// add keeps a line for which there is room.
func (g *gathering) add(l *Line) {
	n := len(g.lines)
	if n == cap(g.lines) {
		g.lines = append(g.lines, gathered{})
	} else {
		g.lines = g.lines[:n+1]
	}
	k := &g.lines[n]
	k.at, k.cut = l.At, l.Cut
	k.span.Offset, k.span.Line, k.span.Column = l.Span.Offset, l.Span.Line, l.Span.Column
	k.span.Length, k.span.Packet = l.Span.Length, l.Span.Packet
	k.octets, k.from, k.eol, k.note, k.verdict = uint32(len(l.Text)), l.From, l.EOL, l.Note, l.Verdict
	g.text = append(g.text, l.Text...)
}

// hear gives the lines that were kept of a connection to its session.
func (r *reader) hear(c *connection) {
	g := &c.kept
	if len(g.lines) == 0 {
		return
	}
	if c.d == nil {
		c.d = r.begin(c)
	}
	l := &r.told
	l.Conn = append(l.Conn[:0], c.name...)
	text := g.text
	for i := range g.lines {
		k := &g.lines[i]
		l.At, l.Cut, l.EOL, l.From, l.Note, l.Verdict = k.at, k.cut, k.eol, k.from, k.note, k.verdict
		l.Span = k.span
		l.Text, text = text[:k.octets:k.octets], text[k.octets:]
		c.d.feed(l)
	}
	r.emptied = append(r.emptied, gathering{lines: g.lines[:0], text: g.text[:0]})
	c.kept = gathering{}
}
