package transcripts

import "bytes"

// A Directive is a comment by which somebody who keeps the recording speaks to
// smtplint. Text is what stands behind "smtplint:"; what it may say is the
// linter's affair.
type Directive struct {
	Text string
	Span Span
	Next Span // the next line of the conversation, or one that cannot be read; nowhere behind the last
	Held bool // it stands on a connection with a name, and cannot be about another session
	Amid bool // it stands next to lines of a message that cannot be read, and may be one of them
}

// A Commenter is a Decoder whose notation has room for comments: every line of
// the conversation has a mark, so that one that begins with "#" is neither
// party's, whatever they say.
type Commenter interface {
	Decoder
	// TakesComments reports whether the recording at hand is marked like that.
	TakesComments() bool
}

// directiveOf returns what a line of a recording asks of smtplint.
func directiveOf(line []byte) (text []byte, ok bool) {
	if len(line) == 0 || line[0] != '#' {
		return nil, false
	}
	return directiveIn(line[1:])
}

// directiveIn takes the mark off a comment that is a directive.
func directiveIn(comment []byte) (text []byte, ok bool) {
	text, ok = bytes.CutPrefix(bytes.TrimLeft(comment, " \t"), []byte("smtplint:"))
	return bytes.TrimSpace(text), ok
}

// takesDirective hands out a line of a recording that is a directive, and
// reports whether it was one.
func takesDirective(raw *Raw, dec Decoder, emit func(*Line)) bool {
	text, ok := directiveOf(raw.Text)
	if !ok {
		return false
	}
	if c, ok := dec.(Commenter); !ok || !c.TakesComments() {
		return false
	}
	l := raw.Remark(Asked, 0)
	l.Text = text
	emit(&l)
	return true
}

// ask keeps a directive.
func (d *dialogue) ask(l *Line) {
	if d.empty() {
		d.facts.hint(string(l.Text))
	}
	d.Asked = append(d.Asked, Directive{Text: d.arena.keep(l.Text), Span: l.Span, Held: len(l.Conn) > 0, Amid: d.unlabelled})
}

// unread notes a line that cannot be read. Within a message it is one of those
// that somebody sent, recorded without a label, and so may be what looks like a
// directive beside it.
func (d *dialogue) unread() {
	if d.mode != inContent {
		return
	}
	d.unlabelled = true
	for i := d.told; i < len(d.Asked); i++ {
		d.Asked[i].Amid = true
	}
}

// follows tells the directives that have waited for it where the conversation
// goes on.
func (d *dialogue) follows(at Span) {
	for ; d.told < len(d.Asked); d.told++ {
		d.Asked[d.told].Next = at
	}
}

// HintsOf returns the directives at the very start of a recording, in which it
// says how it is to be read.
func HintsOf(head []byte) (hints []string) {
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte{'\n'})
		text, ok := directiveOf(line)
		switch {
		case ok:
			hints = append(hints, string(text))
		case len(bytes.TrimSpace(line)) > 0 && line[0] != '#':
			return hints
		}
	}
	return hints
}
