package transcripts

// server takes a line of the server: it assembles replies and hands each on
// when its last line has come (RFC 5321 §4.2.1).
func (d *dialogue) server(l *Line) {
	if d.mode == inTLS {
		return
	}
	if l.EOL == EOLUnknown {
		d.noEnds[Server] = true
	}
	code, sep, text := parseReplyLine(l.Text)
	if d.verbose && code == verboseCode && !d.open.Recorded() {
		return
	}
	if d.open.Recorded() && d.breaks(code, sep) {
		d.completeReply(true)
	}
	if !d.open.Recorded() {
		if cap(d.replyBuf) == len(d.replyBuf) {
			d.replyBuf = make([]ReplyLine, 0, min(max(16, 2*cap(d.replyBuf)), 1024))
		}
		d.open.At = l.At
		d.open.Lines = d.replyBuf[len(d.replyBuf):]
	}
	d.open.Lines = append(d.open.Lines, ReplyLine{})
	line := &d.open.Lines[len(d.open.Lines)-1]
	line.Code, line.Sep, line.EOL, line.Text, line.At, line.Span = code, sep, l.EOL, d.arena.keep(text), l.At, l.Span
	if code != 0 {
		d.open.Code = code
	}
	if l.Verdict != Unjudged {
		d.open.Verdict = l.Verdict
	}
	if code != 0 && sep != '-' {
		d.completeReply(false)
	}
}

// verboseCode is what Sendmail puts before each line that tells, behind VERB,
// what it does with a message. It answers nothing.
const verboseCode Code = 50

// breaks reports whether a server line cannot belong to the reply that is
// open, so that this reply was never finished.
func (d *dialogue) breaks(code Code, sep byte) bool {
	first := d.open.Lines[0].Code
	if code == 421 && first != 421 {
		return true // the server may close at any time, RFC 5321 §3.8
	}
	if !d.talked {
		return false
	}
	if first == 0 || code != first {
		return true
	}
	// The client spoke before the reply was complete. The same code goes on
	// with it, unless it is a last line that answers what the client said.
	return sep != '-' && d.mayAnswer(code)
}

// mayAnswer reports whether code is a likely answer to the newest command.
func (d *dialogue) mayAnswer(code Code) bool {
	if d.await.len() == 0 {
		return false
	}
	switch e := &d.Exchanges[d.await.all()[d.await.len()-1]]; {
	case code == 220:
		return e.Command.Verb == STARTTLS || e.Command.Verb == XCLIENT
	case code == 221:
		return e.Command.Verb == QUIT
	}
	return true
}

// completeReply hands the assembled reply on. It is left open where its last
// line never came.
func (d *dialogue) completeReply(open bool) {
	r := &d.complete
	n := len(d.open.Lines)
	d.replied += n
	// The lines were appended behind replyBuf; where they outgrew it, they have
	// a home of their own and the next reply starts a new one.
	if cap(d.replyBuf)-len(d.replyBuf) >= n {
		d.replyBuf = d.replyBuf[:len(d.replyBuf)+n]
	} else {
		d.replyBuf = d.open.Lines
	}
	r.Code, r.Open, r.Verdict, r.At, r.Unheard = d.open.Code, open, d.open.Verdict, d.open.At, d.left
	r.Lines = d.open.Lines[:n:n]
	d.open, d.talked = Reply{}, false
	d.pair(r)
	d.mend()
}

// pair gives a complete reply to the exchange that it answers.
func (d *dialogue) pair(r *Reply) {
	if !d.greeted {
		switch {
		case d.greets(r):
			d.insert(d.base, Exchange{Kind: Connected})
			d.resolve(d.base, r)
			return
		case d.startsMidway(r):
			d.missing = true
			d.Exchanges[0].Command.Early = false
			d.insert(0, Exchange{Kind: Unasked})
			d.resolve(0, r)
			return
		}
	}
	if d.settlePeriod(r) || d.answersStray(r) {
		return
	}
	if d.answersLate(r) {
		return
	}
	if d.mode == inContent && !d.content.early {
		d.replyInContent(r)
	}
	if d.mode == inPayload && d.await.len() == 1 {
		d.endPayload()
	}
	d.locate(r)
	switch {
	case d.await.len() > 0:
		i := d.await.first()
		if d.waitsForMore(i) {
			d.addReply(i, r)
			return
		}
		if d.replies(i, r.Code) <= 1 {
			d.await.drop(1)
		}
		d.resolve(i, r)
	case d.prompt >= 0:
		// The answer to the 334 is not on record; its reply is.
		d.prompt = -1
		d.resolve(d.add(Answered), r)
	default:
		d.surplus(r)
	}
}

// greets reports whether r, the first reply of all, is the greeting.
func (d *dialogue) greets(r *Reply) bool {
	d.greeted = true
	if len(d.Exchanges) == d.base {
		switch r.Code {
		case 0, 220, 421, 521, 554:
			return true
		}
		return d.opened // else the recording may start later
	}
	// The client spoke first. 220 is no answer to anything it may have said.
	first := d.Exchanges[d.base].Command.Verb
	if r.Code != 220 || first == STARTTLS || first == XCLIENT {
		return false
	}
	for i := range d.Exchanges[d.base:] {
		d.Exchanges[d.base+i].Command.Early = true
	}
	return true
}

// startsMidway reports whether r, the first reply of all, is a few lines of a
// longer one with which an excerpt begins: the client spoke only then, and
// its command has another answer.
func (d *dialogue) startsMidway(r *Reply) bool {
	return r.Open && r.Code != 0 && d.base == 0 && len(d.Exchanges) > 0 && d.Exchanges[0].Command.Early
}

// resolve records the answer to exchange i and moves the state on.
func (d *dialogue) resolve(i int, r *Reply) {
	e := &d.Exchanges[i]
	e.Reply = *r
	e.Before = d.state
	if e.Kind == Content && e.Body.standIn(r) {
		e.Body.End = Elided
	}
	d.last = i
	d.apply(i)
}

// surplus records a reply that no command was waiting for.
func (d *dialogue) surplus(r *Reply) {
	i := d.add(Unasked)
	if d.smuggled(r) {
		d.Exchanges[d.content.at].Body.Smuggle = true
	} else if r.Code != 421 && !d.state.Adrift && i > 0 {
		d.Faults = append(d.Faults, Fault{Kind: Surplus, Exchange: i, Span: r.Span()})
		second := r.Code == 220 && d.Exchanges[i-1].Kind == Connected
		if second || d.within {
			d.mixed = true
			at := 0
			if second {
				at = i
			}
			d.Faults = append(d.Faults, Fault{Kind: SecondGreeting, Exchange: at, Span: d.Exchanges[at].Reply.Span()})
		}
	}
	d.resolve(i, r)
	if r.Code != 421 && i > 0 {
		d.state.Adrift = true
	}
}

// locate looks for a reply that got lost: where r cannot answer the oldest
// command but must answer a later one, the answers to those in between are
// missing. This is the only place where a code has a say in pairing.
func (d *dialogue) locate(r *Reply) {
	d.skipUnseen(r)
	if d.await.len() > 1 && d.waitsForMore(d.await.first()) && !fits(&d.Exchanges[d.await.first()], r) {
		// The server goes on without the replies for further recipients; the
		// client that did so too was not early.
		d.await.drop(1)
		d.Exchanges[d.await.first()].Command.Early = false
	}
	if d.await.len() < 2 || fits(&d.Exchanges[d.await.first()], r) {
		return
	}
	for k := 1; k < min(d.await.len(), mostAwaited); k++ {
		e := &d.Exchanges[d.await.all()[k]]
		if !fits(e, r) || !anchors(e, r) {
			continue
		}
		lost := d.await.all()[:k]
		if !d.state.Adrift && d.Exchanges[lost[0]].Kind != Strayed {
			if r.Code == 354 {
				d.late = append(d.late[:0], lost...) // their replies may still come
			}
			d.Faults = append(d.Faults, Fault{
				Kind: Unanswered, Exchange: lost[0], Count: k, Span: d.Exchanges[lost[0]].Command.Span,
			})
		}
		d.state.Adrift = true
		for _, i := range lost {
			d.Exchanges[i].Before = d.state
		}
		d.await.drop(k)
		return
	}
}

// mostAwaited is how many of the commands without an answer are looked at when
// one is to be matched with a reply. More are hardly ever sent at once.
const mostAwaited = 1 << 10

// skipUnseen passes over an AUTH exchange whose replies the recorder leaves
// out: 250 is no answer to it, and the client has gone on.
func (d *dialogue) skipUnseen(r *Reply) {
	for d.await.len() > 1 && r.Code == 250 {
		e := &d.Exchanges[d.await.first()]
		if e.Kind != Answered && e.Command.Verb != AUTH {
			return
		}
		e.Before = d.state
		d.missing = true
		d.await.drop(1)
	}
}

// fits reports whether a reply can answer an exchange: some codes belong to
// one command only.
func fits(e *Exchange, r *Reply) bool {
	switch r.Code {
	case 354:
		return e.Command.Verb == DATA
	case 334, 235:
		return e.Command.Verb == AUTH || e.Kind == Answered
	case 221:
		return e.Command.Verb == QUIT
	case 220:
		return e.Command.Verb == STARTTLS || e.Command.Verb == XCLIENT
	case 250:
		if r.listsKeywords() {
			switch e.Command.Verb {
			case MAIL, RCPT, RSET, NOOP:
				return false
			}
		}
	}
	return true
}

// anchors reports whether a reply can answer nothing but an exchange like e.
func anchors(e *Exchange, r *Reply) bool {
	switch r.Code {
	case 354, 334, 235, 221, 220:
		return true
	case 250:
		return r.listsKeywords() && (e.Command.Verb == EHLO || e.Command.Verb == LHLO)
	}
	return false
}

// listsKeywords reports whether a reply looks like one to EHLO.
func (r *Reply) listsKeywords() bool {
	if len(r.Lines) < 3 {
		return false
	}
	for _, l := range r.Lines[1:] {
		if l.Text == "" || !isLetter(l.Text[0]) && !isDigit(l.Text[0]) || l.Text[0]|0x20 == l.Text[0] && isLetter(l.Text[0]) {
			return false
		}
	}
	return true
}

// EachFollows is the code of a reply to the end of a message behind which come
// one reply for each accepted recipient, and one for all (draft-hall-prdr-00).
const EachFollows Code = 353

// replies returns how many replies the end of content i draws where the first of
// them has some code: in LMTP one for each accepted recipient (RFC 2033 §4.2),
// two more where EachFollows says so, else one.
func (d *dialogue) replies(i int, first Code) int {
	e := &d.Exchanges[i]
	if e.Kind != Content && (e.Kind != Ordered || e.Body == nil || !e.Body.Last) {
		return 1
	}
	accepted := int(d.state.Accepted)
	if e.Reply.Recorded() {
		accepted = int(e.Before.Accepted)
	}
	switch {
	case d.facts.lmtp || d.state.Hello == LHLO:
		return accepted
	case first == EachFollows:
		return accepted + 2
	}
	return 1
}

// waitsForMore reports whether exchange i has its first reply and waits for more
// of them.
func (d *dialogue) waitsForMore(i int) bool { return d.Exchanges[i].Reply.Recorded() }

// addReply records a further reply to the end of content i.
func (d *dialogue) addReply(i int, r *Reply) {
	e := &d.Exchanges[i]
	e.More = append(e.More, *r)
	d.last = i
	if 1+len(e.More) >= d.replies(i, e.Reply.Code) || r.Code == 421 {
		d.await.drop(1)
	}
}

// releaseLMTP gives up waiting for the replies of further recipients when the
// client goes on without them. QUIT can wait with it: nothing else is answered
// 221.
func (d *dialogue) releaseLMTP(next Verb) {
	if d.await.len() != 1 || next == QUIT {
		return
	}
	switch i := d.await.first(); {
	case d.waitsForMore(i):
		d.await.clear()
	case d.replies(i, 0) == 0: // and no reply at all without recipients
		d.Exchanges[i].Before = d.state
		d.endMail()
		d.await.clear()
	}
}

// missReplies gives up waiting: what the server answered is not on record.
func (d *dialogue) missReplies() {
	d.missing = true
	for _, i := range d.await.all() {
		d.Exchanges[i].Before = d.state
		if d.Exchanges[i].Kind == Content {
			d.endMail() // whatever the answer was
		}
	}
	d.await.clear()
}
