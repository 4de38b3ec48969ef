package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Exim marks what it sent with "SMTP>>" and what it received with "SMTP<<",
// behind the number of the process and two more blanks where it is the client.
// What waits in a buffer for more to send has "SMTP|>" or "SMTP+>". Further
// lines of a reply are indented. Content is left out; as a client Exim hides
// credentials.
var exim = &transcripts.Format{
	Name:     "exim",
	Programs: "Exim 4.96 (-v, -d and -d-all+transport as client; -bd -d-all+receive, -d and -d+all as server; callouts of -bhc)",
	Record:   "exim -bdf -d-all+receive 2> session.log, or exim -v -odf ADDRESS < message 2> session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Secrets | transcripts.Clock | transcripts.Outcome,
	Holds: "MTP", HoldsOne: "<>(",
	Sign: func(line []byte) int {
		if m := readExim(line); m.mark != 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &eximDecoder{} },
}

// eximMark is what stands before the words of a line.
type eximMark struct {
	at      transcripts.Instant
	pid     []byte
	callout bool // behind the mark of -bh
	client  bool // Exim is the client
	start   int  // of the words, without blanks before them
	blanks  int  // before them, behind the number of the process
	mark    byte // '<' for received, '>' for sent, '(' for an event; 0 for other words
	text    int  // where the text of a line begins
}

func readExim(line []byte) (m eximMark) {
	n := 0
	if at, length := timeOfDay(line); length > 0 && length < len(line) && line[length] == ' ' {
		m.at, n = at, length+1
	}
	if bytes.HasPrefix(line[n:], []byte(">>> ")) {
		m.callout = true
		n += len(">>> ")
	}
	from := skipBlanks(line, n)
	m.blanks = from - n
	if pid := processNumber(line[from:]); pid > 5-m.blanks && m.blanks < 5 && !m.callout {
		m.pid = line[from : from+pid-1] // in a column of five
		n = from + pid
		from = skipBlanks(line, n)
		m.blanks = from - n
	}
	m.start = from
	words := line[from:]
	if len(words) < 6 || string(words[1:4]) != "MTP" || words[0] != 'S' && words[0] != 'L' {
		return m
	}
	switch string(words[4:6]) {
	case "<<":
		m.mark = '<'
	case ">>", "|>", "+>", ">|":
		m.mark = '>'
	default:
		if words[4] == '(' {
			m.mark = '('
		}
	}
	m.client = m.blanks > 0
	m.text = min(from+7, len(line))
	if m.mark != '(' && len(words) > 6 {
		switch words[6] {
		case '(':
			m.mark, m.text = '(', from+6
		case ' ':
		default:
			m.mark = 0
		}
	}
	return m
}

func skipBlanks(line []byte, n int) int {
	for n < len(line) && line[n] == ' ' {
		n++
	}
	return n
}

type eximDecoder struct {
	line  transcripts.Line // lent out
	name  []byte
	conns conns[eximConn]
}

type eximConn struct {
	role role
	more []byte // the code of a reply that goes on
}

func (d *eximDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	m := readExim(raw.Text)
	switch m.mark {
	case 0:
		d.other(raw, &m, emit)
		return
	case '(':
		d.event(raw, &m, emit)
		return
	}
	k := d.conn(raw, &m, emit)
	l := &d.line
	raw.Lend(l, k.role.party(m.mark == '>'), m.start, m.text)
	if l.From == transcripts.Client && (bytes.HasPrefix(l.Text, []byte("(writing message)")) || bytes.HasPrefix(l.Text, []byte("writing message"))) {
		l.From, l.Note = transcripts.Recorder, transcripts.ContentLeftOut
	}
	d.emit(l, &m, k, emit)
}

// conn returns what is known of the conversation that a line belongs to. A
// process can be the server of one and the client of another at the same time.
func (d *eximDecoder) conn(raw *transcripts.Raw, m *eximMark, emit func(*transcripts.Line)) *eximConn {
	d.name = append(d.name[:0], m.pid...)
	switch {
	case m.callout:
		d.name = append(d.name, "callout"...)
	case m.client && len(d.name) > 0:
		d.name = append(d.name, "/out"...)
	}
	k, fresh := d.conns.of(d.name)
	if fresh {
		k.role.server = !m.client
		switch {
		case k.role.server:
			emitProves(raw, d.name, exim.Proves&^(transcripts.Reaction|transcripts.Outcome), emit)
		case m.callout: // within a session that proves something else
			emitProves(raw, d.name, exim.Proves, emit)
		}
	}
	return k
}

func (d *eximDecoder) emit(l *transcripts.Line, m *eximMark, k *eximConn, emit func(*transcripts.Line)) {
	l.At, l.Conn = m.at, d.name
	if l.From == transcripts.Server {
		k.more = k.more[:0]
		if replyShaped(l.Text) && len(l.Text) > 3 && l.Text[3] == '-' {
			k.more = append(k.more, l.Text[:3]...)
		}
	}
	emit(l)
}

// event takes what happened to a connection.
func (d *eximDecoder) event(raw *transcripts.Raw, m *eximMark, emit func(*transcripts.Line)) {
	k := d.conn(raw, m, emit)
	recorder, peer := transcripts.ClientClosed, transcripts.ServerClosed
	if k.role.server {
		recorder, peer = peer, recorder
	}
	var note transcripts.Note
	switch words := raw.Text[m.start+len("SMTP"):]; {
	case bytes.HasPrefix(words, []byte(">> (writing message)")):
		note = transcripts.ContentLeftOut
	case bytes.HasPrefix(words, []byte("(close)>>")), bytes.HasPrefix(words, []byte(">>(close on process exit)")):
		note = recorder
	case bytes.HasPrefix(words, []byte("(closed)<<")):
		note = peer
	default:
		return
	}
	l := raw.Remark(note, m.start)
	d.emit(&l, m, k, emit)
	if note != transcripts.ContentLeftOut {
		d.conns.forget(d.name)
	}
}

// other takes further lines of a reply, and few other words.
func (d *eximDecoder) other(raw *transcripts.Raw, m *eximMark, emit func(*transcripts.Line)) {
	words := raw.Text[m.start:]
	switch {
	case m.blanks >= 7 && replyShaped(words):
		m.client = m.blanks > 7
		k := d.conn(raw, m, emit)
		if bytes.HasPrefix(words, k.more) && len(k.more) > 0 {
			l := raw.Line(transcripts.Server, m.start, m.start)
			d.emit(&l, m, k, emit)
		}
	case bytes.HasPrefix(words, []byte("Connecting to ")):
		m.client = true
		d.opened(raw, m, emit)
	case m.blanks == 2 && len(m.pid) == 0 && !m.callout && len(words) > 3 && words[2] == ' ' &&
		(string(words[:2]) == "**" || string(words[:2]) == "==" || string(words[:2]) == "=>"):
		l := raw.Remark(transcripts.Comment, m.start) // a line of the main log: what became of an address
		l.At = m.at
		emit(&l)
	}
}

// opened takes "Connecting to HOST [ADDRESS]:PORT ...  connected".
func (d *eximDecoder) opened(raw *transcripts.Raw, m *eximMark, emit func(*transcripts.Line)) {
	k := d.conn(raw, m, emit)
	l := raw.Remark(transcripts.Opened, m.start)
	where, _, found := bytes.Cut(l.Text, []byte(" ..."))
	if bytes.Contains(l.Text, []byte("failed")) {
		l.Note = transcripts.Comment
	}
	d.emit(&l, m, k, emit)
	if n := bytes.LastIndexByte(where, ':'); found && l.Note == transcripts.Opened && number(where[n+1:]) > 0 {
		emitFact(raw, d.name, "port: "+string(where[n+1:]), emit)
	}
}
