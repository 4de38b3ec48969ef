package formats

import "github.com/smtplint/smtplint/transcripts"

// unstuffed reads content of notations that show it as it was before leading
// periods were doubled. There a line with only a period may be text: it is
// held until it is known who speaks next, and is the end of data only if that
// is not the client.
type unstuffed struct {
	on     bool // content is being sent: the last reply was a 354
	period transcripts.Line
	held   bool
}

// text takes a line of content. A period that turns out to be text is handed
// out doubled, as it was on the wire.
func (u *unstuffed) text(l *transcripts.Line, emit func(*transcripts.Line)) {
	if u.held {
		u.held = false
		u.period.Text = []byte("..")
		emit(&u.period)
	}
	if string(l.Text) == "." {
		u.period, u.held = *l, true
		u.period.Conn = nil // it is lent
		return
	}
	emit(l)
}

// end ends the content, and hands out the period that it ended with.
func (u *unstuffed) end(emit func(*transcripts.Line)) {
	if u.held {
		u.period.Text = []byte{'.'}
		emit(&u.period)
	}
	u.on, u.held = false, false
}
