package transcripts

import "bytes"

// strays takes a client line that is no command known here, and reports
// whether it is text of a message rather than a failed attempt at a command.
func (d *dialogue) strays(l *Line) bool {
	n := len(d.Exchanges)
	if n == 0 {
		return false
	}
	last := &d.Exchanges[n-1]
	switch {
	case last.Kind == Content && last.Body.End == Elided && !last.Reply.Recorded():
		return string(l.Text) == "." // the end of content that is not shown
	case d.payload.beyond(n-1, l):
		d.beginStray(l) // more octets than BDAT announced
		return true
	case wordShaped(l.Text) && bytes.IndexByte(l.Text, ':') < 0:
		return false
	case last.Kind == Ordered && last.Command.Verb == DATA:
		if !last.Reply.Recorded() {
			d.beginContent(true)
			d.addContent(l)
			return true
		}
		if !last.Reply.Code.Failed() { // the server may well be reading it
			d.beginContent(false)
			d.addContent(l)
			return true
		}
		d.beginStray(l)
		return true
	case last.Kind == Ordered && last.Command.Verb == BDAT && last.Reply.Code.notUnderstood() &&
		last.Body != nil && (last.Body.End == Cut || last.Body.End == Elided):
		d.beginStray(l) // the server knows no BDAT, and takes its payload for commands
		return true
	case last.Kind == Content && last.Body.End == Dot && last.Reply.Recorded():
		d.beginStray(l)
		return true
	}
	return false
}

// beginStray opens an exchange for text that the server takes for commands.
func (d *dialogue) beginStray(l *Line) {
	d.stray = d.add(Strayed)
	d.Exchanges[d.stray].Body = d.body()
	d.Exchanges[d.stray].Before = d.state
	d.owed = 0
	d.mode = inStray
	d.state.Adrift = true
	d.addStray(l)
}

// addStray takes a client line while text goes astray, until a command comes.
func (d *dialogue) addStray(l *Line) {
	if commandShaped(l.Text) {
		d.mode = inCommands
		d.order(l)
		return
	}
	d.Exchanges[d.stray].Body.add(l)
	d.owed++
}

// answersStray takes a reply that strayed text has drawn, and reports whether
// r is one. They are many; the first few are kept.
func (d *dialogue) answersStray(r *Reply) bool {
	if d.owed == 0 || r.Code == 421 || d.await.len() > 0 && d.await.first() < d.stray {
		return false
	}
	if !r.Code.Failed() && (d.mode != inStray || d.await.len() > 0) {
		return false
	}
	d.owed--
	e := &d.Exchanges[d.stray]
	switch {
	case !e.Reply.Recorded():
		e.Reply, e.Before = *r, d.state
	case len(e.More) < strayRepliesKept:
		e.More = append(e.More, *r)
	}
	d.last = d.stray
	return true
}

const strayRepliesKept = 8

// strayContent turns content that was sent before DATA was refused into text
// gone astray.
func (d *dialogue) strayContent() {
	i := d.content.at
	e := &d.Exchanges[i]
	e.Kind = Strayed
	d.stray, d.owed = i, e.Body.Lines
	if e.Body.End == Dot {
		d.owed++
	}
	d.await.remove(i)
	d.state.Adrift = true
	if d.mode == inContent || d.mode == beyondPeriod {
		d.mode = inStray
	} else {
		d.mode = inCommands
	}
	d.content.rest = nil
}
