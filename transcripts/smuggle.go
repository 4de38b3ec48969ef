package transcripts

import "bytes"

// endings are the ways in which a line with only a period can begin and end,
// by the terminators before and behind it. Servers must take only the first
// for the end of data (RFC 5321 §4.1.1.4); those that take another one let a
// second message be smuggled inside the first.
var endings = [CR + 1][CR + 1]string{
	CRLF: {CRLF: "<CR><LF>.<CR><LF>", LF: "<CR><LF>.<LF>", CR: "<CR><LF>.<CR>"},
	LF:   {CRLF: "<LF>.<CR><LF>", LF: "<LF>.<LF>", CR: "<LF>.<CR>"},
	CR:   {CRLF: "<CR>.<CR><LF>", LF: "<CR>.<LF>", CR: "<CR>.<CR>"},
}

// loosePeriod marks a line with only a period whose line ends are not CRLF.
func (b *Body) loosePeriod(l *Line) {
	before, behind := b.before, l.EOL
	if b.Lines == 0 { // DATA itself is the line before
		before = CRLF
	}
	if before == NoEOL || behind == NoEOL || behind == EOLUnknown || before == EOLUnknown {
		return
	}
	b.loose(l, endings[before][behind])
}

// oddPeriod marks a line that shows an end of data to those who take CR for a
// line end, or leave NUL out.
func (b *Body) oddPeriod(l *Line) {
	t := l.Text
	switch {
	case string(t) == ".\r" && l.EOL == CRLF:
		b.loose(l, "<CR><LF>.<CR><CR><LF>")
	case len(t) > 1 && t[0] == '.' && t[1] == '\r':
		b.loose(l, "<CR><LF>.<CR>")
	case bytes.Contains(t, []byte("\r.\r")):
		b.loose(l, "<CR>.<CR>")
	case bytes.HasSuffix(t, []byte("\r.")) && (l.EOL == CRLF || l.EOL == LF):
		b.loose(l, endings[CR][l.EOL])
	case string(t) == "\x00." && l.EOL == CRLF:
		b.loose(l, "<CR><LF><NUL>.<CR><LF>")
	case string(t) == ".\x00" && l.EOL == CRLF:
		b.loose(l, "<CR><LF>.<NUL><CR><LF>")
	}
}

func (b *Body) loose(l *Line, shape string) {
	if m := b.mark(LooseEnd, l.Text, l.Span); m.Count == 1 {
		m.Shape = shape
	}
}

// bait notes the command that follows a loose end. It is what a lenient server
// would obey.
func (b *Body) bait(l *Line) {
	if m := b.Mark(LooseEnd); m != nil && m.Count == 1 {
		m.Bait = b.excerpt(l.Text)
	}
}

// bareCR marks a line with a CR that is not followed by LF.
func (b *Body) bareCR(l *Line) {
	m := b.mark(BareCR, l.Text, l.Span)
	if m.Count == 1 && l.EOL == CRLF && bytes.IndexByte(l.Text, '\r') == len(l.Text)-1 {
		m.Shape = "<CR><CR><LF>"
	}
}

// smuggled reports whether a reply that no command was waiting for shows that
// the server took a loose end for the end of data: the message has its reply,
// the client has sent nothing since, and the text behind the loose end is
// being answered.
func (d *dialogue) smuggled(r *Reply) bool {
	if d.last < 0 || d.last != d.content.at || r.Code == 421 {
		return false
	}
	e := &d.Exchanges[d.last]
	return e.Kind == Content && e.Reply.Code.OK() && e.Body.Mark(LooseEnd) != nil
}
