package transcripts

import "strings"

// apply moves the state on by the answer to exchange i (RFC 5321 §4.1.4).
func (d *dialogue) apply(i int) {
	e := &d.Exchanges[i]
	r := &e.Reply
	if r.Code == 421 {
		d.state.Closing = true
	}
	switch e.Kind {
	case Content:
		d.endMail()
		if d.stray == i+1 {
			d.state.Adrift = true
		}
	case Answered:
		d.applyAuth(i)
	case Ordered:
		d.applyCommand(i)
	case Unasked:
		if r.Code == 334 && d.lines[Client] == 0 {
			d.prompt = i // the recording begins within an AUTH exchange
		}
	}
}

func (d *dialogue) applyCommand(i int) {
	e := &d.Exchanges[i]
	r := &e.Reply
	ok := r.Code.OK()
	switch v := e.Command.Verb; v {
	case EHLO, HELO, LHLO:
		if ok {
			d.state.Hello = v
			d.state.Offers = d.offersOf(v, r)
			d.endMail()
			if !d.torn || anchors(e, r) {
				d.inStep()
			}
		}
	case MAIL, SEND, SOML, SAML:
		if ok {
			d.mails++
			d.state.Mail, d.state.Accepted, d.state.Refused = d.mails, 0, 0
		}
	case RCPT:
		if ok {
			d.state.Accepted++
		} else if r.Code.Failed() {
			d.state.Refused++
		}
	case DATA:
		d.applyData(r)
	case BDAT, BURL:
		if r.Code.notUnderstood() && e.Body != nil && e.Body.Lines > 0 {
			d.state.Adrift = true // the server reads the chunk as commands
		}
		if e.Body != nil && e.Body.Last || v == BURL && lastBURL(e.Command.Args) {
			d.endMail()
		}
	case RSET:
		if ok {
			d.endMail()
			if !d.torn {
				d.inStep()
			}
		}
	case QUIT:
		if r.Code == 221 {
			d.state.Closing = true
			d.inStep()
		}
	case AUTH:
		d.applyAuth(i)
	case STARTTLS:
		if r.Code == 220 {
			d.restart()
			d.secureAfter220()
		}
	case XCLIENT:
		if r.Code == 220 {
			secure, assumed := d.state.Secure, d.state.Assumed
			d.restart()
			d.state.Secure, d.state.Assumed = secure, assumed
		}
	case Unknown:
		d.verbose = d.verbose || ok && strings.EqualFold(e.Command.Text, "VERB")
	case ATRN, TURN:
		if ok {
			d.swapped = !d.swapped
			d.restart()
			d.state.Forgotten = nil // the server of now is another one
			d.base, d.greeted = len(d.Exchanges), false
		}
	}
}

// applyData opens the way for content, or sends what came early astray.
func (d *dialogue) applyData(r *Reply) {
	early := len(d.Exchanges) > 0 && d.content.early && d.Exchanges[d.content.at].Kind == Content
	switch {
	case r.Code == 354 && early:
		d.content.early = false
	case r.Code == 354:
		d.beginContentAfter()
	case early && r.Code.Failed():
		d.content.early = false
		d.strayContent()
	case early:
		d.content.early = false
	}
}

// beginContentAfter opens content. Commands that were sent behind DATA before
// its 354 came are content for the server.
func (d *dialogue) beginContentAfter() {
	if d.await.len() == 0 {
		d.beginContent(false)
		return
	}
	from := d.await.first()
	early := append([]Exchange(nil), d.Exchanges[from:]...)
	d.Exchanges = d.Exchanges[:from]
	d.await.clear()
	if d.stray >= from {
		d.stray, d.owed = -1, 0
	}
	d.beginContent(true)
	d.content.early = false
	for i := range d.Remarks {
		d.Remarks[i].After = min(d.Remarks[i].After, from)
	}
	for i := range d.Faults {
		d.Faults[i].Exchange = min(d.Faults[i].Exchange, from)
	}
	for i := range early {
		c := &early[i].Command
		l := Line{From: Client, Text: []byte(c.Text), EOL: c.EOL, At: c.At, Span: c.Span}
		d.client(&l)
	}
}

func (d *dialogue) applyAuth(i int) {
	switch r := &d.Exchanges[i].Reply; {
	case r.Code == 334:
		d.prompt = i
	case r.Code.OK():
		d.state.Authenticated = true
	}
}

// endMail ends the mail transaction.
func (d *dialogue) endMail() { d.state.Mail, d.state.Accepted, d.state.Refused = 0, 0, 0 }

// inStep notes that a reply fitted a command after which both sides must
// agree. Sessions that are mixed up never do.
func (d *dialogue) inStep() { d.state.Adrift, d.torn, d.owed = d.mixed, false, 0 }

// restart returns to the state after the greeting (RFC 3207 §4.2).
func (d *dialogue) restart() {
	d.state = State{Closing: d.state.Closing, Forgotten: d.state.Offers, Adrift: d.mixed || d.torn}
}

// secureAfter220 says whether TLS is on behind the 220 to STARTTLS: where the
// recorder states such things it will say so, else it is to be assumed.
func (d *dialogue) secureAfter220() {
	if d.facts.grants.Has(Security) {
		d.state.Secure = No
	} else {
		d.state.Secure, d.state.Assumed = Yes, true
	}
}

// offersOf returns what a reply to a greeting command offers.
func (d *dialogue) offersOf(v Verb, r *Reply) *Offers {
	if d.offersOut == len(d.offers) {
		d.offers = append(d.offers, new(Offers))
	}
	o := d.offers[d.offersOut]
	d.offersOut++
	*o = Offers{}
	if v != HELO {
		*o = r.Offers()
	}
	return o
}

// lastBURL reports whether the arguments of BURL say that it ends the message
// (RFC 4468 §3.2).
func lastBURL(args string) bool {
	return len(args) > 5 && strings.EqualFold(args[len(args)-5:], " LAST")
}
