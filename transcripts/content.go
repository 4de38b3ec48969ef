package transcripts

// content is what the dialogue knows of the message that is being sent.
//
// A line with only a period is the end of data, or text that nobody doubled
// the period of, and only what follows can tell (RFC 5321 §4.5.2):
//
//   - a reply of the server, or commands that were pipelined: the end;
//   - more text, one reply after a later lone period, and the session goes on:
//     the recorder shows content as it was before doubling;
//   - more text, and the server answers once and then keeps answering what it
//     does not understand: the first period ended the message early, and the
//     rest strayed into the command stream.
type content struct {
	at    int       // its exchange
	early bool      // it began before DATA was answered
	loose bool      // its last line was a lone period with line ends that are not CRLF
	held  []Command // the last lines, as long as all of them look like commands
	text  []byte    // of those
	rest  *Body     // what followed a lone period
	later bool      // the last line of rest is a lone period
	doubt bool      // the reply came after a later period; the next reply will tell
}

const heldKept = 16

// beginContent opens an exchange for message content.
func (d *dialogue) beginContent(early bool) {
	b := d.body()
	b.Early = early
	held, text := d.content.held[:0], d.content.text[:0]
	d.content = content{at: d.add(Content), early: early, held: held, text: text}
	d.Exchanges[d.content.at].Body = b
	d.mode = inContent
}

// addContent takes a client line while content is due.
func (d *dialogue) addContent(l *Line) {
	c := &d.content
	b := d.Exchanges[c.at].Body
	if len(l.Text) == 1 && l.Text[0] == '.' {
		if l.EOL == EOLUnknown || l.EOL == CRLF && (b.Lines == 0 || b.before == CRLF || b.before == EOLUnknown) {
			d.period(l)
			return
		}
		b.loosePeriod(l)
		b.add(l)
		c.loose = true
		return
	}
	if len(l.Text) >= 4 && commandShaped(l.Text) {
		if c.loose {
			b.bait(l)
			c.loose = false
		}
		if !d.facts.grants.Has(Bodies) {
			d.endContent(Elided)
			d.order(l)
			return
		}
		d.hold(l)
	} else {
		c.loose = false
		c.held, c.text = c.held[:0], c.text[:0]
	}
	b.add(l)
}

// hold remembers a line of content that looks like a command, for the case
// that it turns out to be one.
func (d *dialogue) hold(l *Line) {
	c := &d.content
	if len(c.held) == heldKept {
		c.held, c.text = c.held[:0], c.text[:0]
	}
	verb, _ := parseVerb(l.Text)
	start := len(c.text)
	c.text = append(c.text, l.Text...)
	c.held = append(c.held, Command{Verb: verb, EOL: l.EOL, Text: lend(c.text[start:]), At: l.At, Span: l.Span})
}

// period takes a line with only a period that may be the end of data.
func (d *dialogue) period(l *Line) {
	end := Dot
	if !d.facts.grants.Has(Bodies) {
		end = Elided
	}
	b := d.Exchanges[d.content.at].Body
	b.Stop, b.At = l.Span, l.At
	d.endContent(end)
	d.mode = atPeriod
}

// endContent says how the content ended and puts it in the queue for a reply.
func (d *dialogue) endContent(end End) {
	d.Exchanges[d.content.at].Body.End = end
	d.await.push(d.content.at)
	d.mode = inCommands
}

// elide takes the recorder's word that content was left out.
func (d *dialogue) elide() {
	switch d.mode {
	case inContent:
		d.endContent(Elided)
	case inPayload:
		d.Exchanges[d.payload.at].Body.End = Elided
		d.mode = inCommands
	}
}

// afterPeriod takes a client line that follows a lone period.
func (d *dialogue) afterPeriod(l *Line) {
	c := &d.content
	if (d.mode == atPeriod || c.later) && commandShaped(l.Text) {
		d.mode = inCommands
		d.order(l)
		return
	}
	if c.rest == nil {
		c.rest = d.body()
	}
	d.mode = beyondPeriod
	c.rest.add(l)
	c.later = len(l.Text) == 1 && l.Text[0] == '.'
}

// settlePeriod lets a reply decide what a lone period was. It reports whether
// that was all the reply had to say.
func (d *dialogue) settlePeriod(r *Reply) bool {
	c := &d.content
	switch {
	case c.doubt:
		c.doubt = false
		if !d.contradicts(r) {
			d.joinRest()
			return false
		}
		d.strayRest()
	case d.await.len() == 0 || d.await.first() != c.at || d.Exchanges[c.at].Reply.Recorded():
	case c.rest == nil:
		if d.mode == atPeriod {
			d.mode = inCommands
		}
	case c.later:
		c.doubt = true
		if d.mode == beyondPeriod {
			d.mode = inCommands
		}
	case d.facts.grants.Has(Unbroken):
		// The reply came although no later period was sent.
		d.strayRest()
		d.mode = inStray
	default:
		d.joinRest()
		d.Exchanges[c.at].Body.End = EndUnknown
		d.mode = inCommands
	}
	return false
}

// contradicts reports whether a reply shows that the server has read text as
// commands: nothing was asked, or it does not understand a command that every
// server knows.
func (d *dialogue) contradicts(r *Reply) bool {
	if d.await.len() == 0 {
		return r.Code.Failed() && r.Code != 421
	}
	return r.Code.notUnderstood() && d.Exchanges[d.await.first()].Command.Verb > Unknown
}

// joinRest reads the lone period and what followed it as content.
func (d *dialogue) joinRest() {
	b := d.Exchanges[d.content.at].Body
	at := b.Stop
	if d.content.later { // the last of its lines is the end of data
		d.content.rest.Lines--
		d.content.rest.Octets -= 3
	}
	b.Lines++
	b.Octets += 3
	b.mark(LoneDot, []byte{'.'}, at)
	b.join(d.content.rest)
	b.End = Dot
	d.content.rest = nil
}

// strayRest reads what followed the lone period as text that the server took
// for commands.
func (d *dialogue) strayRest() {
	c := &d.content
	d.stray = c.at + 1
	d.insert(d.stray, Exchange{Kind: Strayed, Body: c.rest})
	d.stray = c.at + 1
	d.owed = c.rest.Lines
	c.rest = nil
	d.state.Adrift = d.Exchanges[c.at].Reply.Recorded() // else from that reply on
}

// replyInContent lets a reply that arrives before any end of data decide what
// the client has been sending.
func (d *dialogue) replyInContent(r *Reply) {
	c := &d.content
	b := d.Exchanges[c.at].Body
	switch {
	case c.loose:
		b.Smuggle = r.Code.OK()
		d.endContent(Dot)
	case b.Lines == 0:
		end := EndUnknown
		if r.Code.OK() || !d.facts.grants.Has(Bodies) {
			end = Elided
		}
		d.endContent(end)
	case b.Lines == int64(len(c.held)):
		d.releaseHeld()
	case r.Code == 421:
		d.markTail()
		d.endContent(Cut)
	case !d.facts.grants.Has(Bodies):
		d.endContent(Elided)
	default:
		d.endContent(EndUnknown)
		d.orderHeld()
	}
}

// releaseHeld turns content that consists of commands only into commands: the
// client did not answer the 354.
func (d *dialogue) releaseHeld() {
	b := d.Exchanges[d.content.at].Body
	b.reset()
	d.mode = inCommands
	d.orderHeld()
}

func (d *dialogue) orderHeld() {
	d.state.Adrift = true
	for _, h := range d.content.held {
		h.Text = d.arena.keep([]byte(h.Text))
		_, n := parseVerb([]byte(h.Text))
		h.Args = trimBlank(h.Text[n:])
		h.Early = d.await.len() > 0
		i := d.add(Ordered)
		d.Exchanges[i].Command = h
		d.await.push(i)
	}
	d.content.held = d.content.held[:0]
}

// markTail notes that the content ended in lines that look like commands.
func (d *dialogue) markTail() {
	if held := d.content.held; len(held) > 0 {
		d.Exchanges[d.content.at].Body.mark(CommandTail, []byte(held[0].Text), held[0].Span)
	}
}

// finishContent decides what is open when the session ends.
func (d *dialogue) finishContent() {
	c := &d.content
	if c.rest != nil {
		if d.facts.grants.Has(Stuffing) {
			d.strayRest()
		} else {
			d.joinRest()
			if !c.later {
				d.Exchanges[c.at].Body.End = Cut
			}
		}
	}
	switch d.mode {
	case inContent:
		b := d.Exchanges[c.at].Body
		switch {
		case c.loose:
			d.endContent(Dot)
		case !d.facts.grants.Has(Bodies):
			d.endContent(Elided)
		case b.Lines > 0 && b.Lines == int64(len(c.held)):
			d.releaseHeld()
		default:
			d.markTail()
			d.endContent(Cut)
		}
	case inPayload:
		d.endPayload()
	}
	d.mode = inCommands
}
