package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// OpenSMTPD's trace names a session by an address in memory, which the next
// one may get again, and by an id of its own in the words around. Content
// bears no name. As a server it shows content as it came, as a client only its
// size.
var opensmtpd = &transcripts.Format{
	Name:     "opensmtpd",
	Programs: "OpenSMTPD 6.8 (-T smtp, -T mta, smtpctl trace), on standard error and in syslog",
	Record:   "smtpd -dv -T smtp -T mta 2> session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Bodies | transcripts.Stuffing | transcripts.Secrets | transcripts.Clock,
	Holds: "x:", HoldsOne: "<>",
	Sign: func(line []byte) int {
		r, ok := readSyslog(line)
		m := readOpensmtpd(line, &r, ok)
		if m.text > 0 && m.mark != 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &opensmtpdDecoder{ids: map[string]string{}} },
}

// opensmtpdMark is what stands before the text of a line.
type opensmtpdMark struct {
	at     transcripts.Instant
	server bool   // this daemon is the server
	name   []byte // of the session
	mark   byte   // '<' for received, '>' for sent, 0 for other words
	start  int    // of the mark
	text   int    // 0 where the line is none of a session
}

// readOpensmtpd reads "smtp: 0x55ff: <<< " or "mta: 0x55ff: >>> ", alone or
// behind the header r of a record. The content of a message comes as "<<< "
// without a name.
func readOpensmtpd(line []byte, r *syslogRecord, logged bool) (m opensmtpdMark) {
	n := 0
	if logged && string(r.tag) == "smtpd" {
		n, m.at = r.text, r.at
	}
	rest := line[n:]
	switch {
	case bytes.HasPrefix(rest, []byte("smtp: 0x")):
		m.server = true
		n += len("smtp: ")
	case bytes.HasPrefix(rest, []byte("mta: 0x")):
		n += len("mta: ")
	default:
		return opensmtpdMark{at: m.at, start: n}
	}
	colon := bytes.IndexByte(line[n:], ':')
	if colon < 0 || n+colon+2 > len(line) {
		return opensmtpdMark{at: m.at, start: n}
	}
	m.name = line[n : n+colon]
	n += colon + 2
	m.start, m.text = n, n
	if rest := line[n:]; bytes.HasPrefix(rest, []byte("<<< ")) || bytes.HasPrefix(rest, []byte(">>> ")) {
		m.mark, m.text = rest[0], n+4
	}
	return m
}

type opensmtpdDecoder struct {
	log   syslogReader
	line  transcripts.Line // lent out
	asked asked
	fresh []byte            // the session that was accepted last, until its id is known
	ids   map[string]string // names of sessions by their ids
}

func (d *opensmtpdDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	logged := d.log.read(raw.Text)
	m := readOpensmtpd(raw.Text, &d.log.syslogRecord, logged)
	switch {
	case m.text == 0:
		d.other(raw, &m, emit)
	case m.mark == 0:
		d.event(raw, &m, emit)
	default:
		d.said(raw, &m, emit)
	}
}

func (d *opensmtpdDecoder) said(raw *transcripts.Raw, m *opensmtpdMark, emit func(*transcripts.Line)) {
	r := role{server: m.server}
	l := &d.line
	raw.Lend(l, r.party(m.mark == '>'), m.start, m.text)
	l.At, l.Conn = m.at, m.name
	switch {
	case l.From == transcripts.Client:
		if bytes.HasPrefix(l.Text, []byte("[...")) && bytes.HasSuffix(l.Text, []byte(" bytes...]")) {
			l.From, l.Note = transcripts.Recorder, transcripts.ContentLeftOut
		}
	case m.server:
		d.asked.replied(m.name, l.Text)
		if bytes.HasSuffix(l.Text, []byte("Invalid command: Pipelining not supported")) {
			lost := raw.Remark(transcripts.LeftOut, len(raw.Text)) // the command that this answers is not written
			lost.At, lost.Conn = m.at, m.name
			emit(&lost)
		}
	}
	emit(l)
}

// event takes other words about a session.
func (d *opensmtpdDecoder) event(raw *transcripts.Raw, m *opensmtpdMark, emit func(*transcripts.Line)) {
	words := raw.Text[m.text:]
	switch {
	case bytes.HasPrefix(words, []byte("connected to listener ")):
		l := raw.Remark(transcripts.Opened, m.start)
		l.At, l.Conn = m.at, m.name
		emit(&l)
		d.fresh = append(d.fresh[:0], m.name...)
		d.asked.forget(m.name)
		emitProves(raw, m.name, opensmtpd.Proves&^transcripts.Reaction, emit)
		if n := bytes.Index(words, []byte(", port=")); n > 0 {
			port, _, _ := bytes.Cut(words[n+len(", port="):], []byte{','})
			if number(port) > 0 {
				emitFact(raw, m.name, "port: "+string(port), emit)
			}
		}
	case string(words) == "MTA_INIT -> MTA_BANNER":
		l := raw.Remark(transcripts.Opened, m.start)
		l.At, l.Conn = m.at, m.name
		emit(&l)
	}
}

const mostIDs = 1 << 14

// other takes a line without the name of a session: content, or the beginning
// and the end of a session with its id.
func (d *opensmtpdDecoder) other(raw *transcripts.Raw, m *opensmtpdMark, emit func(*transcripts.Line)) {
	const content = "<<< [MSG] "
	rest := raw.Text[m.start:]
	switch {
	case bytes.HasPrefix(rest, []byte(content)):
		if conn, ok := d.asked.sender(raw, emit); ok {
			l := raw.Line(transcripts.Client, m.start, m.start+len(content))
			l.At, l.Conn = m.at, conn
			emit(&l)
		}
	case len(rest) < 17 || rest[16] != ' ':
	case bytes.HasPrefix(rest[17:], []byte("smtp connected ")):
		if len(d.fresh) > 0 {
			if len(d.ids) >= mostIDs {
				clear(d.ids)
			}
			d.ids[string(rest[:16])] = string(d.fresh)
			d.fresh = d.fresh[:0]
		}
	case bytes.HasPrefix(rest[17:], []byte("smtp disconnected ")):
		name, ok := d.ids[string(rest[:16])]
		if !ok {
			return
		}
		delete(d.ids, string(rest[:16]))
		note := transcripts.Closed
		if bytes.HasSuffix(rest, []byte(" reason=disconnect")) {
			note = transcripts.ClientClosed
		}
		l := raw.Remark(note, m.start+17)
		l.At, l.Conn = m.at, []byte(name)
		emit(&l)
		d.asked.forget(l.Conn)
	}
}
