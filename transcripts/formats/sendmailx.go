package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// sendmail -X writes down what the program reads and writes, each line behind
// the number of the process: as a server, as a client, and to mailers, files
// and a terminal. Lines that it reads keep their CR.
var sendmailX = &transcripts.Format{
	Name:     "sendmail-x",
	Programs: "sendmail 8.17 (-X), as server and as client",
	Record:   "sendmail -bD -X session.log, or sendmail -q -X session.log",
	Captured: true,
	Proves:   sendmailXProves | transcripts.Reaction,
	First:    digits,
	Sign: func(line []byte) int {
		if e := readSendmailX(line); e.text > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &sendmailXDecoder{} },
}

const sendmailXProves = transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order |
	transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds |
	transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets

type sendmailXEntry struct {
	pid  []byte
	mark byte // '<' for what was read, '>' for what was written, '=' for an event
	text int  // where it begins; 0 where the line is no entry
}

// readSendmailX reads "00005 <<< ".
func readSendmailX(line []byte) (e sendmailXEntry) {
	n := 0
	for n < len(line) && isDigit(line[n]) {
		n++
	}
	if n < 5 || n > 10 || len(line) < n+4 || line[n] != ' ' {
		return e
	}
	switch mark := string(line[n+1 : n+4]); mark {
	case "<<<", ">>>", "===":
		e.mark = mark[0]
	default:
		return e
	}
	e.pid, e.text = line[:n], min(n+len(" <<< "), len(line))
	return e
}

// cutAtNUL returns where another entry begins within a line, or 0: sendmail
// loses the end of a line with NUL in it.
func cutAtNUL(line []byte, e sendmailXEntry) int {
	n := bytes.Index(line[e.text:], []byte(" >>> "))
	if n < len(e.pid) {
		return 0
	}
	if n += e.text - len(e.pid); !bytes.Equal(line[n:n+len(e.pid)], e.pid) {
		return 0
	}
	return n
}

type sendmailXDecoder struct{ processes conns[sendmailXProcess] }

// sendmailXProcess is what a process is doing.
type sendmailXProcess struct {
	role     sendmailRole
	crs      bool   // lines that it reads end with CR
	open     int    // connections that it has opened as a client
	content  bool   // a message is being sent
	prompted bool   // the last reply was a 334
	reply    []byte // the last line of the server, which -v repeats
	repeated bool   // -v has repeated something
	period   bool   // a line was held back that may be the repetition of the last period
}

type sendmailRole uint8

const (
	noSMTP sendmailRole = iota
	asServer
	asClient
)

func (d *sendmailXDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	e := readSendmailX(raw.Text)
	if e.text == 0 {
		return
	}
	if n := cutAtNUL(raw.Text, e); n > 0 {
		line, rest := *raw, *raw
		line.Text, rest.Text = raw.Text[:n], raw.Text[n:]
		line.Span, rest.Span = raw.Span.Part(0, n), raw.Span.Part(n, len(rest.Text))
		line.EOL = transcripts.NoEOL
		d.Decode(&line, emit)
		d.Decode(&rest, emit)
		return
	}
	p, _ := d.processes.of(e.pid)
	text := raw.Text[e.text:]
	switch {
	case e.mark == '=':
		p.event(raw, e, emit)
		return
	case e.mark == '>' && p.role == noSMTP && bytes.HasPrefix(text, []byte("220")) && replyShaped(text):
		p.role = asServer
		emitProves(raw, e.pid, sendmailXProves, emit)
	case p.role == noSMTP, e.mark == '>' && p.role == asClient && p.toTerminal(raw, e, emit):
		return
	}
	who := transcripts.Client
	if (e.mark == '>') == (p.role == asServer) {
		who = transcripts.Server
	}
	l := raw.Line(who, 0, e.text)
	l.Conn = e.pid
	if e.mark == '<' {
		if string(text) == "[EOF]" {
			l = raw.Remark(transcripts.Closed, e.text)
			l.Conn = e.pid
			*p = sendmailXProcess{}
			emit(&l)
			return
		}
		l.EOL = p.end(raw)
	}
	p.follow(&l)
	emit(&l)
	if p.role == asClient && who == transcripts.Server && bytes.HasPrefix(l.Text, []byte("221 ")) {
		p.open--
		p.role = noSMTP
	}
}

// end tells how a line that was read ended.
func (p *sendmailXProcess) end(raw *transcripts.Raw) transcripts.EOL {
	switch {
	case raw.EOL == transcripts.CRLF:
		p.crs = true
		return transcripts.CRLF
	case p.crs && raw.EOL == transcripts.LF:
		return transcripts.LF
	}
	return transcripts.EOLUnknown
}

// follow keeps track of where content begins and ends.
func (p *sendmailXProcess) follow(l *transcripts.Line) {
	switch {
	case l.From == transcripts.Server:
		p.content, p.prompted = bytes.HasPrefix(l.Text, []byte("354")), bytes.HasPrefix(l.Text, []byte("334"))
		p.reply = append(p.reply[:0], l.Text...)
	case p.content && string(l.Text) == ".":
		p.content = false
	}
}

// toTerminal reports whether what a client wrote went to a file or the
// terminal: with -v it repeats there what it says and hears, and tells of
// deliveries.
func (p *sendmailXProcess) toTerminal(raw *transcripts.Raw, e sendmailXEntry, emit func(*transcripts.Line)) bool {
	text := raw.Text[e.text:]
	if p.content && string(text) == sendmailArrow+"." && p.repeated && !p.period {
		p.period = true
		return true
	}
	if p.period {
		p.period = false
		if string(text) != "." { // it was content
			l := raw.Line(transcripts.Client, 0, e.text)
			l.Text, l.Conn = []byte(sendmailArrow+"."), e.pid
			emit(&l)
		}
	}
	if len(p.reply) > 0 && bytes.Equal(text, p.reply) {
		p.reply, p.repeated = p.reply[:0], true
		return true
	}
	p.reply = p.reply[:0]
	if p.content {
		return false
	}
	switch {
	case bytes.HasPrefix(text, []byte(sendmailArrow)):
		p.repeated = true
	case bytes.HasPrefix(text, []byte("Closing connection to ")):
	case bytes.Contains(text, []byte("... ")) && !transcripts.LooksLikeCommand(text):
		l := raw.Remark(sendmailSays(text), e.text)
		if l.Conn = e.pid; l.Note != transcripts.Opened { // the event says so as well
			emit(&l)
		}
	default:
		return !p.prompted && !transcripts.LooksLikeCommand(text)
	}
	return true
}

// event takes the start of a connection or of another program. A client keeps
// connections open while it opens others, and does not say which it uses.
func (p *sendmailXProcess) event(raw *transcripts.Raw, e sendmailXEntry, emit func(*transcripts.Line)) {
	open := p.open
	*p = sendmailXProcess{open: open}
	if !bytes.HasPrefix(raw.Text[e.text:], []byte("CONNECT ")) {
		return
	}
	p.role, p.open = asClient, open+1
	l := raw.Remark(transcripts.Opened, e.text)
	l.Conn = e.pid
	emit(&l)
	if p.open > 1 {
		emitProves(raw, e.pid, sendmailXProves&single, emit)
	}
}
