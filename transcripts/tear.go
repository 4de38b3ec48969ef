package transcripts

// tear takes the recorder's word that octets are missing from the wire. Lines
// next to the gap may be halves, and whole commands or replies may be lost, so
// that nothing is sure about pairing until both sides must agree again.
func (d *dialogue) tear(l *Line) {
	d.missing, d.torn = true, true
	d.state.Adrift = true
	if l.Note == ServerGap {
		d.tornReply = true
		return
	}
	switch d.mode {
	case inContent:
		d.tornBody = true
	case inPayload:
		d.tornBody = true
		p := &d.payload
		p.least += l.Cut
		p.most += l.Cut
		if p.most >= p.size {
			d.mode, d.lost = inCommands, p.most > p.size
		}
	default:
		d.prompt = -1
		d.lost = true
	}
}

// findsCommand reports whether a client line behind a gap can be taken for a
// command; what comes before the first one may be text of a message.
func (d *dialogue) findsCommand(l *Line) bool {
	if d.lost && !commandShaped(l.Text) {
		return false
	}
	d.lost = false
	return true
}

// mend looks at a reply behind a gap: what was offered in one that has lost
// lines is not known.
func (d *dialogue) mend() {
	if d.tornReply {
		d.tornReply = false
		d.state.Adrift = true
		d.state.Offers = nil
	}
}

// encrypt takes the recorder's word, or the first octets of a TLS handshake,
// that nothing of what follows can be read.
func (d *dialogue) encrypt(at Span) {
	if d.empty() {
		d.Exchanges[d.add(Connected)].Command.Span = at
	}
	d.Encrypted = at
	d.state.Secure, d.state.Assumed = Yes, false
	d.mode = inTLS
}

// handshakes reports whether a client line is the start of a TLS handshake
// where one may come: at the beginning, and behind STARTTLS (RFC 8446 §5.1).
func (d *dialogue) handshakes(l *Line) bool {
	if len(l.Text) < 2 || l.Text[0] != 0x16 || l.Text[1] != 3 || d.mode != inCommands {
		return false
	}
	for i := len(d.Exchanges) - 1; i >= 0; i-- {
		if d.Exchanges[i].Kind == Ordered && d.Exchanges[i].Command.Verb == STARTTLS {
			return true
		}
	}
	return d.empty()
}

// addEncrypted takes a line while nothing can be read, unless it can: some
// recorders show what was said inside TLS after the octets of the handshake.
func (d *dialogue) addEncrypted(l *Line) {
	if verb, _ := parseVerb(l.Text); verb.Hello() && commandShaped(l.Text) {
		d.Encrypted = Span{}
		d.mode = inCommands
		d.order(l)
	}
}
