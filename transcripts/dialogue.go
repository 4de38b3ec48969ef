package transcripts

// A dialogue turns the lines of one connection into the exchanges of a
// Session. It is the only SMTP state machine in the project: it pairs, it
// never judges.
//
// Replies answer commands in the order in which these were sent (RFC 5321
// §4.2, RFC 2920 §3.2): await is the queue of exchanges without an answer, a
// complete reply goes to its head. What else a client sends (content, BDAT
// payload, answers to 334) is told by mode, which replies change.
type dialogue struct {
	Session
	arena    arena
	facts    facts // what is known beforehand, and what the notation can carry
	state    State // the server's view after the last reply
	mode     mode
	await    queue // exchanges that wait for a reply
	open     Reply // the reply that is being assembled
	complete Reply // the one that was assembled last
	talked   bool  // the client spoke while the reply was open
	prompt   int   // the exchange that a 334 answered last, while its answer is due; else -1
	last     int   // the exchange that was replied to last; -1: none
	mails    int32 // mail transactions so far
	opened   bool  // the recorder said that the connection was opened
	greeted  bool  // a reply was seen: the greeting is over
	base     int   // the exchange at which this side's conversation begins
	swapped  bool  // ATRN or TURN has exchanged the roles (RFC 2645 §5.3)
	proxied  bool  // a proxy is being asked for the connection
	mixed    bool  // lines of other sessions stand among those of this one
	within   bool  // its greeting came in the middle of another session

	content content
	payload payload
	late    []int // exchanges that were not answered before the 354
	owed    int64 // replies that strayed text may still draw
	stray   int   // the exchange of that text

	lines      [2]int64 // by Client and Server
	turns      int64    // how often the speaker changed
	speaker    Party
	missing    bool // the recorder left something out
	torn       bool // octets are missing; commands and replies may have gone with them
	tornReply  bool // the next reply may have lost lines
	tornBody   bool // message content lacks octets
	lost       bool // what the client sends may be text of a message until a command comes
	left       bool // the client does not receive any more
	verbose    bool // the server tells what it does, besides its replies
	told       int  // directives whose next line was seen
	unlabelled bool // the last line is one of a message that cannot be read
	noClock    bool
	noEnds     [2]bool
	weight     int     // MiB that it occupies while it is handed over
	moment     uint64  // when it was over, where a recording is read in shares
	bodies     []*Body // spare ones first
	bodiesOut  int
	replyBuf   []ReplyLine
	replied    int // lines of complete replies
	offers     []*Offers
	offersOut  int

	cut                  bool // it is a part of a session
	weighed, weighedSize int  // bodies whose size is settled, and that
}

type mode uint8

const (
	inCommands   mode = iota // what the client sends are commands
	inContent                // it is message content
	atPeriod                 // a line with only a period was the last one sent
	beyondPeriod             // more text followed such a period: only the server can tell what it was
	inPayload                // octets that BDAT announced
	inStray                  // text that the server takes for commands
	inTLS                    // nothing can be read
)

// begin prepares d for a new session.
func (d *dialogue) begin(known facts) {
	d.arena.reset()
	exchanges, faults, remarks, await := d.Exchanges[:0], d.Faults[:0], d.Remarks[:0], queue{items: d.await.items[:0]}
	asked := d.Asked[:0]
	*d = dialogue{
		Session: Session{Exchanges: exchanges, Faults: faults, Remarks: remarks, Asked: asked},
		arena:   d.arena, await: await, replyBuf: d.replyBuf[:0],
		bodies: d.bodies, offers: d.offers,
		content: content{held: d.content.held[:0], text: d.content.text[:0]},
		facts:   known, prompt: -1, last: -1, stray: -1,
	}
	if known.grants.Has(Security) {
		d.state.Secure = No
	}
}

// empty reports whether nothing of a conversation was seen yet.
func (d *dialogue) empty() bool { return len(d.Exchanges) == 0 && !d.open.Recorded() }

// feed takes the next line of the connection.
func (d *dialogue) feed(l *Line) {
	if !d.Span.Known() {
		d.Span = l.Span
	}
	d.End = l.Span
	if l.From == Recorder {
		d.remark(l)
		return
	}
	d.follows(l.Span)
	d.unlabelled = false
	from := l.From
	if d.swapped {
		from = 1 - from
	}
	if first := d.lines[Client]+d.lines[Server] == 0; (first || d.proxied) && d.throughProxy(from, l) {
		return
	}
	d.lines[from]++
	if d.lines[0]+d.lines[1] == 1 || d.speaker != from {
		d.turns++
		d.speaker = from
	}
	if l.At == 0 {
		d.noClock = true
	}
	if from == Server {
		d.server(l)
	} else {
		d.client(l)
	}
}

func (d *dialogue) client(l *Line) {
	if d.open.Recorded() {
		if d.open.Code == 0 || d.open.Abridged() { // that was all the server said, or all that is shown
			d.completeReply(true)
		} else {
			d.talked = true
		}
	}
	if d.handshakes(l) {
		d.encrypt(l.Span)
		return
	}
	switch d.mode {
	case inTLS:
		d.addEncrypted(l)
	case inContent:
		d.addContent(l)
	case atPeriod, beyondPeriod:
		d.afterPeriod(l)
	case inPayload:
		d.addPayload(l)
	case inStray:
		d.addStray(l)
	default:
		d.order(l)
	}
}

// order takes a client line where a command is due.
func (d *dialogue) order(l *Line) {
	if !d.findsCommand(l) {
		return
	}
	if l.EOL == EOLUnknown {
		d.noEnds[Client] = true
	}
	if d.prompt >= 0 {
		d.prompt = -1
		d.say(Answered, l)
		return
	}
	verb, _ := parseVerb(l.Text)
	if verb <= Unknown && d.answersUnseen() {
		d.await.items = d.await.items[:len(d.await.items)-1]
		d.say(Answered, l)
		return
	}
	if verb <= Unknown && d.strays(l) {
		return
	}
	d.releaseLMTP(verb)
	i := d.say(Ordered, l)
	if verb == BDAT {
		d.beginPayload(i)
	}
}

// answersUnseen reports whether the client is in the middle of an AUTH exchange
// whose 334 is not on record.
func (d *dialogue) answersUnseen() bool {
	if d.await.len() == 0 {
		return false
	}
	e := &d.Exchanges[d.await.all()[d.await.len()-1]]
	return e.Command.Verb == AUTH || e.Kind == Answered
}

// say appends an exchange that begins with a client's line and waits for a
// reply, and returns its index.
func (d *dialogue) say(kind Kind, l *Line) int {
	i := d.add(kind)
	c := &d.Exchanges[i].Command
	text := d.arena.keep(l.Text)
	verb, from := parseVerb(l.Text)
	to := len(text)
	for from < to && (text[from] == ' ' || text[from] == '\t') {
		from++
	}
	for to > from && (text[to-1] == ' ' || text[to-1] == '\t') {
		to--
	}
	if l.EOL == EOLUnknown {
		to = from + len(withoutNote(text[from:to]))
	}
	c.Verb, c.EOL, c.At, c.Span = verb, l.EOL, l.At, l.Span
	c.Text, c.Args = text, text[from:to]
	c.Early = d.await.len() > 0 || d.open.Recorded()
	d.await.push(i)
	return i
}

// add appends an exchange and returns its index.
func (d *dialogue) add(kind Kind) int {
	n := len(d.Exchanges)
	if n < cap(d.Exchanges) {
		d.Exchanges = d.Exchanges[:n+1]
		d.Exchanges[n] = Exchange{}
	} else {
		d.Exchanges = append(d.Exchanges, Exchange{})
	}
	d.Exchanges[n].Kind = kind
	return n
}

// insert puts an exchange before position at.
func (d *dialogue) insert(at int, e Exchange) {
	d.Exchanges = append(d.Exchanges, Exchange{})
	copy(d.Exchanges[at+1:], d.Exchanges[at:])
	d.Exchanges[at] = e
	for i, a := range d.await.all() {
		if a >= at {
			d.await.all()[i]++
		}
	}
	for i := range d.Faults {
		if d.Faults[i].Exchange >= at {
			d.Faults[i].Exchange++
		}
	}
	for i := range d.Remarks {
		if d.Remarks[i].After >= at {
			d.Remarks[i].After++
		}
	}
	for _, p := range [...]*int{&d.prompt, &d.last, &d.stray, &d.content.at, &d.payload.at} {
		if *p >= at {
			*p++
		}
	}
}

// remark takes what the recorder says for itself.
func (d *dialogue) remark(l *Line) {
	switch l.Note {
	case Opened:
		d.opened = true
	case Closed, ClientClosed, ServerClosed:
		if d.Ended == Comment {
			d.Ended = l.Note
		}
	case ClientGap, ServerGap:
		d.tear(l)
	case ClientLeft:
		d.left = true
	case Encrypted:
		d.encrypt(l.Span)
	case Secured:
		d.state.Secure, d.state.Assumed = Yes, false
	case Fact:
		d.facts.note(string(l.Text))
		if d.empty() && d.facts.grants.Has(Security) && d.state.Secure == Maybe {
			d.state.Secure = No
		}
		return
	case Asked:
		d.ask(l)
		return
	case LeftOut:
		d.missing = true
	case ContentLeftOut:
		d.elide()
	case ReplyLeftOut:
		d.missReplies()
	case Refused, Welcomed:
		if d.open.Recorded() {
			d.open.Verdict = verdictOf(l.Note)
		} else if d.last >= 0 {
			d.Exchanges[d.last].lastReply().Verdict = verdictOf(l.Note)
		}
		if len(l.Text) == 0 {
			return
		}
	case Swapped, Unreadable:
		kind := UnreadableLine
		if l.Note == Swapped {
			kind = SwappedLabels
		} else {
			d.unread()
		}
		d.follows(l.Span)
		d.Faults = append(d.Faults, Fault{
			Kind: kind, Exchange: len(d.Exchanges) - 1, Text: d.arena.keep(l.Text), Span: l.Span,
		})
		return
	}
	note := l.Note
	if note == Comment && len(l.Text) > 0 && l.Text[0] == '#' {
		note = Aside // programs do not begin their words like that, people who take notes in a log do
	}
	d.Remarks = append(d.Remarks, Remark{
		Note: note, After: len(d.Exchanges) - 1, Text: d.arena.keep(l.Text), At: l.At, Span: l.Span,
	})
}

func verdictOf(n Note) Verdict {
	if n == Refused {
		return TakenForFailure
	}
	return TakenForSuccess
}

// lastReply returns the latest reply of an exchange.
func (e *Exchange) lastReply() *Reply {
	if n := len(e.More); n > 0 {
		return &e.More[n-1]
	}
	return &e.Reply
}

// body takes a spare Body.
func (d *dialogue) body() *Body {
	if d.bodiesOut == len(d.bodies) {
		d.bodies = append(d.bodies, &Body{texts: &d.arena})
	}
	b := d.bodies[d.bodiesOut]
	d.bodiesOut++
	b.reset()
	return b
}

// finish ends the session: what is still undecided is decided by the fact that
// nothing more comes.
func (d *dialogue) finish() {
	if d.open.Recorded() {
		d.completeReply(true)
	}
	d.finishContent()
	for _, i := range d.await.all() {
		d.Exchanges[i].Before = d.state
	}
	for i := range d.Exchanges {
		if b := d.Exchanges[i].Body; b != nil {
			b.Header = lend(b.header)
		}
	}
	d.Proves, d.Carries = d.proves(), d.facts.grants
	d.Format, d.Port, d.LMTP, d.Excerpt = d.facts.format, d.facts.port, d.facts.lmtp, d.facts.excerpt || d.cut
}
