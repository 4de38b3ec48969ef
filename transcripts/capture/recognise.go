package capture

import (
	"bytes"
	"net/netip"
	"strconv"

	"github.com/smtplint/smtplint/transcripts"
)

const (
	mostUnsure      = 16 << 10 // octets without a word of SMTP
	mostUnsureLines = 64
)

// greet takes a new connection.
func (t *talker) greet(c *conn) {
	k := &c.talk
	k.digits = len(strconv.AppendUint(k.name[:0], uint64(c.stream), 10))
	low, high := c.key.lowPort, c.key.highPort
	if !c.begun && t.mailPort(low) != t.mailPort(high) {
		c.highCalls = t.mailPort(low)
	}
	k.port = low
	if !c.highCalls {
		k.port = high
	}
	c.deaf = t.port != 0 && int(k.port) != t.port
}

// mailPort reports whether SMTP is expected on a port.
func (t *talker) mailPort(port uint16) bool {
	if t.port != 0 {
		return int(port) == t.port
	}
	switch port {
	case 25, 465, 587, 2525:
		return true
	}
	return false
}

// implicitTLS reports whether TLS on a connection hides SMTP (RFC 8314 §3.3).
func (t *talker) implicitTLS(c *conn) bool { return c.talk.port == 465 || t.port != 0 }

// foreign gives a connection up, and reports that, if the first octets of a
// side show that it speaks something else.
func (t *talker) foreign(c *conn, from transcripts.Party, b []byte) bool {
	if !c.begun || c.halves[from].next != int64(len(b)) || t.mailPort(c.talk.port) {
		return false
	}
	if from == transcripts.Client {
		if isLetter(b[0]) || isDigit(b[0]) || b[0] == '\r' || b[0] == '\n' {
			return false
		}
	} else if '2' <= b[0] && b[0] <= '5' {
		return false
	}
	t.ignore(c)
	return true
}

func (t *talker) ignore(c *conn) {
	c.deaf = true
	t.forgetPending(c)
}

func (t *talker) forgetPending(c *conn) {
	if p := c.talk.pending; p != nil {
		t.free(p)
		c.talk.pending = nil
	}
}

// verdict is what is thought of a connection.
type verdict uint8

const (
	unsure verdict = iota
	yes
	no
	swapped // client and server are the other way round
)

// consider keeps a line of a connection that may or may not speak SMTP, and
// decides as soon as it can.
func (t *talker) consider(c *conn, l *transcripts.Line) {
	p := c.talk.pending
	if p == nil {
		p = t.newBatch()
		c.talk.pending = p
	}
	p.add(l)
	switch v := t.weigh(c, l); v {
	case yes, no:
		t.settle(c, v)
	case swapped:
		c.turn = true
	case unsure:
		if len(p.text) > mostUnsure || len(p.lines) > mostUnsureLines {
			t.decide(c)
		}
	}
}

// decide settles what could not be decided before.
func (t *talker) decide(c *conn) {
	known := t.mailPort(c.talk.port) && c.talk.pending != nil
	if c.talk.greeted && c.talk.port != 21 || known {
		t.begin(c)
		return
	}
	t.ignore(c)
}

// weigh says what a line shows.
func (t *talker) weigh(c *conn, l *transcripts.Line) verdict {
	text := l.Text
	switch {
	case c.turn || l.From == transcripts.Recorder:
		return unsure
	case l.From == transcripts.Client:
		return t.weighCommand(c, text)
	}
	return t.weighReply(c, text)
}

func (t *talker) weighCommand(c *conn, text []byte) verdict {
	verb := transcripts.VerbOf(text)
	switch {
	case !c.talk.turned && (!c.begun && replies(text) || greets(text) && len(c.talk.pending.lines) == 1):
		return swapped // a server may have opened the connection, as in tests
	case verb.Hello():
		return yes
	case speaksFTP(text):
		return no
	case c.talk.greeted && c.talk.port != 21:
		return yes
	case transcripts.LooksLikeCommand(text):
		switch verb {
		case transcripts.QUIT, transcripts.NOOP, transcripts.HELP, transcripts.RSET, transcripts.AUTH:
			return unsure // others have them, too
		}
		return yes
	case c.begun && !t.mailPort(c.talk.port) && !bytes.HasPrefix(text, []byte("PROXY ")):
		return no
	}
	return unsure
}

func (t *talker) weighReply(c *conn, text []byte) verdict {
	first := c.talk.pending.count(transcripts.Server) == 1
	switch {
	case !replies(text):
		if !c.talk.turned && !c.begun && transcripts.LooksLikeCommand(text) {
			return swapped
		}
		if c.begun && first && !t.mailPort(c.talk.port) {
			return no
		}
		return unsure
	case bytes.HasPrefix(text, []byte("354")), enhanced(text), t.mailPort(c.talk.port):
		return yes
	case contains(text, "SMTP"), contains(text, "LMTP"):
		return yes
	case contains(text, "FTP"):
		return no
	case first && c.begun:
		if !greets(text) {
			return no
		}
		c.talk.greeted = true
	}
	return unsure
}

// turned takes the pending lines for what the other side said.
func (t *talker) turned(c *conn) {
	k := &c.talk
	k.turned = true
	k.port = c.key.lowPort + c.key.highPort - k.port
	if t.port != 0 && int(k.port) != t.port {
		t.ignore(c)
		return
	}
	p := k.pending
	if p == nil {
		return
	}
	all, text := p.lines, p.text
	for i := range all {
		if k := &all[i]; k.from != transcripts.Recorder {
			k.from = 1 - k.from
		}
		l := &t.line
		text = all[i].restore(l, text)
		p.lines = all[:i+1]
		switch v := t.weigh(c, l); v {
		case yes, no:
			p.lines = all
			t.settle(c, v)
			return
		}
	}
}

func (t *talker) settle(c *conn, v verdict) {
	if v == yes {
		t.begin(c)
	} else {
		t.ignore(c)
	}
}

// count returns how many lines of a side there are.
func (p *batch) count(from transcripts.Party) (n int) {
	for i := range p.lines {
		if p.lines[i].from == from {
			n++
		}
	}
	return n
}

// begin says that a connection speaks SMTP, and hands out what was kept.
func (t *talker) begin(c *conn) {
	k := &c.talk
	p := k.pending
	k.smtp, k.pending = true, nil
	note := transcripts.Comment
	if c.begun {
		note = transcripts.Opened
	}
	t.about(c, note, c.ends())
	t.about(c, transcripts.Fact, "port: "+strconv.Itoa(int(k.port)))
	if p == nil {
		return
	}
	if !c.begun && !p.opens() {
		// The capture starts within the session, perhaps within a line or a
		// message.
		t.note(c, transcripts.ClientGap, &c.opened)
		t.note(c, transcripts.ServerGap, &c.opened)
	}
	text := p.text
	for i := range p.lines {
		text = p.lines[i].restore(&t.line, text)
		t.say(c, &t.line)
	}
	t.free(p)
}

// opens reports whether the lines begin with a greeting.
func (p *batch) opens() bool {
	return len(p.lines) > 0 && p.lines[0].from == transcripts.Server && bytes.HasPrefix(p.text, []byte("220"))
}

// about hands out a remark on the connection as a whole.
func (t *talker) about(c *conn, n transcripts.Note, text string) {
	l := &t.line
	*l = transcripts.Line{From: transcripts.Recorder, Note: n, At: c.opened.at, Text: []byte(text),
		Span: transcripts.Span{Line: 1, Column: 1, Length: uint32(len(text)), Packet: c.opened.packet}}
	t.out(c, l)
}

// ends names the client's end of the connection and the server's.
func (c *conn) ends() string {
	low := netip.AddrPortFrom(c.key.low.ip(), c.key.lowPort)
	high := netip.AddrPortFrom(c.key.high.ip(), c.key.highPort)
	if c.highCalls {
		low, high = high, low
	}
	return low.String() + " to " + high.String()
}

// replies reports whether a line has the shape of a reply.
func replies(b []byte) bool {
	return len(b) >= 3 && '2' <= b[0] && b[0] <= '5' && isDigit(b[1]) && isDigit(b[2]) &&
		(len(b) == 3 || b[3] == ' ' || b[3] == '-')
}

// greets reports whether a line can be the greeting of a server.
func greets(b []byte) bool {
	if !replies(b) {
		return false
	}
	switch string(b[:3]) {
	case "220", "421", "521", "554":
		return true
	}
	return false
}

// enhanced reports whether a reply has an enhanced status code (RFC 3463 §2).
func enhanced(b []byte) bool {
	return len(b) >= 9 && b[4] == b[0] && b[5] == '.' && isDigit(b[6]) && (b[7] == '.' || isDigit(b[7]))
}

// speaksFTP reports whether a line is a command that FTP clients begin with:
// FTP servers greet with 220, too.
func speaksFTP(text []byte) bool {
	for _, word := range [...]string{"USER ", "PASS ", "FEAT", "SYST", "OPTS ", "HOST ", "AUTH TLS", "AUTH SSL"} {
		if len(text) >= len(word) && bytes.EqualFold(text[:len(word)], []byte(word)) {
			return true
		}
	}
	return false
}

// startsLine reports whether octets behind a gap begin a line rather than go
// on with one.
func startsLine(from transcripts.Party, b []byte) bool {
	if from == transcripts.Server {
		return replies(b[:min(4, len(b))])
	}
	if n := bytes.IndexByte(b, '\n'); n >= 0 {
		b = b[:n]
	}
	return transcripts.LooksLikeCommand(bytes.TrimSuffix(b, []byte{'\r'}))
}

// contains reports whether text has a word in capitals, in any case.
func contains(text []byte, word string) bool {
	for i := 0; i+len(word) <= len(text); i++ {
		if bytes.EqualFold(text[i:i+len(word)], []byte(word)) {
			return true
		}
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
