package transcripts

// payload counts the octets that a BDAT command announced (RFC 3030 §2).
//
// Most recordings do not show line ends, so that a line of n octets stands for
// n+1 or n+2 of them: least counts with one, most with two.
type payload struct {
	at          int // the exchange of the command
	size        int64
	least, most int64
	open        bool    // the last octet was within a line
	halved      bool    // the last octet was the CR of a CRLF that the next chunk goes on with
	tail        Command // the last line, as long as it looks like a command
}

// beyond reports whether the chunk of exchange i is full to the octet, and l
// goes on with its last line, or is no line of its own.
func (p *payload) beyond(i int, l *Line) bool {
	return (p.open || l.EOL == NoEOL && p.size > 0) && p.at == i && p.most == p.size && p.least == p.size
}

func (d *dialogue) beginPayload(i int) {
	e := &d.Exchanges[i]
	size, last, ok := parseChunk([]byte(e.Command.Args))
	if !ok {
		return
	}
	b := d.body()
	b.Chunk, b.Last, b.End = size, last, Counted
	b.halved = d.payload.halved && d.payload.at == i-1
	e.Body = b
	d.payload = payload{at: i, size: size}
	if size > 0 {
		d.mode = inPayload
	}
}

// addPayload takes a client line while announced octets are due.
func (d *dialogue) addPayload(l *Line) {
	p := &d.payload
	b := d.Exchanges[p.at].Body
	n := int64(len(l.Text))
	if l.EOL == EOLUnknown || p.least < p.most {
		// The count may already be full, or the recorder may not show payload.
		full := p.most+n > p.size && p.least > 0
		if commandShaped(l.Text) && (full || b.describes() || !d.facts.grants.Has(Bodies)) {
			d.endPayload()
			d.order(l)
			return
		}
		b.add(l)
		p.least += n
		p.most += n + 2
		if p.least >= p.size {
			d.mode = inCommands
		}
		return
	}
	if room := p.size - p.most; n+int64(l.EOL.Octets()) > room {
		// The chunk ends within this line (or between its CR and LF).
		part := *l
		part.Text, part.EOL = l.Text[:min(n, room)], NoEOL
		b.add(&part)
		p.most, p.least, p.open = p.size, p.size, room < n
		d.mode = inCommands
		if room < n {
			rest := *l
			rest.Text = l.Text[room:]
			rest.Span = l.Span.tail(len(rest.Text))
			d.client(&rest)
		}
		return
	}
	p.most += n + int64(l.EOL.Octets())
	p.least, p.open = p.most, l.EOL == NoEOL
	if p.most == p.size && !b.Last && endsInCR(l) {
		b.addHalved(l)
		p.halved = true
	} else {
		b.add(l)
	}
	p.tail = Command{}
	if commandShaped(l.Text) {
		p.tail = Command{EOL: l.EOL, Text: d.arena.keep(l.Text), Span: l.Span}
	}
	if p.most == p.size {
		d.mode = inCommands
	}
}

// endsInCR reports whether the last octet of a line is a CR.
func endsInCR(l *Line) bool {
	return l.EOL == CR || l.EOL == NoEOL && len(l.Text) > 0 && l.Text[len(l.Text)-1] == '\r'
}

// endPayload ends a chunk early: a command or a reply came instead of more.
func (d *dialogue) endPayload() {
	p := &d.payload
	b := d.Exchanges[p.at].Body
	switch {
	case b.Lines == 0 && !d.facts.grants.Has(Bodies), b.describes() && p.least < p.most:
		b.End = Elided
	case p.most < p.size:
		b.End = Cut
		if p.tail.Text != "" {
			b.mark(CommandTail, []byte(p.tail.Text), p.tail.Span)
		}
	}
	d.mode = inCommands
}
