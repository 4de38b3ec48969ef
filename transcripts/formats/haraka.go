package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Haraka names a connection by a UUID, with a number behind it for each
// message. Its marks say who is client and who is server, also where Haraka
// delivers. Content is shown from the level DATA on. The same records come as
// text, as key=value and as JSON.
var haraka = &transcripts.Format{
	Name:     "haraka",
	Programs: "Haraka 3.3.4 (loglevel PROTOCOL and DATA; formats DEFAULT, LOGFMT, JSON; timestamps)",
	Record:   "echo LOGDATA > config/loglevel; haraka -c . > session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Bodies | transcripts.Stuffing | transcripts.Secrets | transcripts.Clock,
	Holds: ":", HoldsOne: "[{=",
	Sign: func(line []byte) int {
		if r := readHaraka(line); r.level == harakaProtocol && roleMark(line[r.text:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &harakaDecoder{} },
}

type harakaLevel uint8

const (
	harakaOther harakaLevel = iota
	harakaProtocol
	harakaData
	harakaNotice
)

func harakaLevelOf(name []byte) harakaLevel {
	switch string(name) {
	case "PROTOCOL":
		return harakaProtocol
	case "DATA":
		return harakaData
	case "NOTICE", "INFO":
		return harakaNotice
	}
	return harakaOther
}

// harakaRecord is a record of Haraka's log taken apart.
type harakaRecord struct {
	at    transcripts.Instant
	level harakaLevel
	uuid  []byte
	out   bool // Haraka is the client
	quote byte // around the message; 0 for none
	text  int  // where the message begins; 0 where the line is no record
}

func readHaraka(line []byte) (r harakaRecord) {
	n := 0
	if len(line) > 24 && isDigit(line[0]) {
		if at, end := dateTime(line); end > 0 && end+1 < len(line) && line[end] == 'Z' && line[end+1] == ' ' {
			r.at, n = at, end+2
		}
	}
	if n == len(line) {
		return r
	}
	switch rest := line[n:]; {
	case rest[0] == '[':
		var level, origin []byte
		if level, n = inBrackets(line, n); n > 0 {
			r.uuid, n = inBrackets(line, n)
		}
		if n > 0 {
			origin, n = inBrackets(line, n)
		}
		if n > 0 {
			r.level, r.out, r.text = harakaLevelOf(level), bytes.HasPrefix(origin, []byte("outbound")), n
		}
	case bytes.HasPrefix(rest, []byte(`{"level":"`)):
		r.of(line, n, `"level":"`, `"uuid":"`, `"origin":"`, `"message":`, '"')
	case bytes.HasPrefix(rest, []byte("level=")):
		r.of(line, n, "level=", "uuid=", "origin=", "message=", ' ')
	}
	return r
}

// of reads a record of named values, each of which ends at end.
func (r *harakaRecord) of(line []byte, n int, level, uuid, origin, message string, end byte) {
	value := func(name string) []byte {
		i := bytes.Index(line[n:], []byte(name))
		if i < 0 {
			return nil
		}
		v := line[n+i+len(name):]
		if j := bytes.IndexByte(v, end); j >= 0 {
			return v[:j]
		}
		return nil
	}
	i := bytes.Index(line[n:], []byte(message))
	if i < 0 {
		return
	}
	r.level, r.uuid, r.out = harakaLevelOf(value(level)), value(uuid), bytes.HasPrefix(value(origin), []byte("outbound"))
	r.text = n + i + len(message)
	if r.text < len(line) && line[r.text] == '"' {
		r.quote, r.text = '"', r.text+1
	}
}

// inBrackets reads "[name] " at n and returns where what follows begins; 0
// where there is none.
func inBrackets(line []byte, n int) (name []byte, next int) {
	if n >= len(line) || line[n] != '[' {
		return nil, 0
	}
	end := bytes.Index(line[n:], []byte("] "))
	if end < 0 {
		return nil, 0
	}
	return line[n+1 : n+end], n + end + 2
}

type harakaDecoder struct {
	line    transcripts.Line // lent out
	conns   conns[harakaConn]
	unquote repr
}

type harakaConn struct{ bodies bool }

func (d *harakaDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readHaraka(raw.Text)
	if r.text == 0 || len(r.uuid) < 36 {
		return
	}
	conn := r.uuid
	if !r.out {
		conn = conn[:36] // the number of the message goes up within a connection
	}
	msg := raw.Text[r.text:]
	said := (r.level == harakaProtocol || r.level == harakaData) && roleMark(msg)
	if !said && r.level != harakaNotice {
		return
	}
	k, fresh := d.conns.of(conn)
	if fresh || r.level == harakaData && !k.bodies {
		k.bodies = r.level == harakaData
		emitProves(raw, conn, harakaProves(r.out, k.bodies), emit)
	}
	if !said {
		d.notice(raw, &r, conn, emit)
		return
	}
	who := transcripts.Client
	if msg[0] == 'S' {
		who = transcripts.Server
	}
	l := &d.line
	raw.Lend(l, who, r.text, r.text+3)
	l.At, l.Conn = r.at, conn
	if bytes.HasSuffix(l.Text, []byte("pipelined after end of DATA")) {
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, At: r.at, Conn: conn, Span: raw.Span})
	}
	l.Text = d.text(&r, l.Text)
	switch {
	case r.level == harakaData:
		l.Text = bytes.TrimSuffix(l.Text, []byte("  ")) // what CRLF becomes
	case r.out:
		l.Text = bytes.TrimSuffix(bytes.TrimSuffix(l.Text, []byte{' '}), []byte{' '})
	case who == transcripts.Client && r.quote == 0:
		if n := bytes.LastIndex(l.Text, []byte(" state=")); n >= 0 {
			l.Text = l.Text[:n]
		}
	}
	emit(l)
}

// text undoes the quotes around a message.
func (d *harakaDecoder) text(r *harakaRecord, text []byte) []byte {
	if r.quote == 0 {
		return text
	}
	if end := bytes.IndexByte(text, r.quote); end >= 0 && bytes.IndexByte(text[:end], '\\') < 0 {
		return text[:end]
	}
	return d.unquote.whole(text, r.quote)
}

func harakaProves(out, bodies bool) transcripts.Evidence {
	e := haraka.Proves
	if !out {
		e &^= transcripts.Reaction
	}
	if !bodies {
		e &^= transcripts.Bodies | transcripts.Stuffing
	}
	return e
}

// notice takes what Haraka says about the beginning and the end of a
// connection.
func (d *harakaDecoder) notice(raw *transcripts.Raw, r *harakaRecord, conn []byte, emit func(*transcripts.Line)) {
	msg := raw.Text[r.text:]
	note := transcripts.Comment
	switch {
	case r.out:
		return
	case harakaWord(msg, "connect"):
		note = transcripts.Opened
	case harakaWord(msg, "disconnect"):
		note = transcripts.Closed
		d.conns.forget(conn)
	case bytes.HasPrefix(msg, []byte("Client sent bare line-feed")):
	default:
		return
	}
	l := raw.Remark(note, r.text)
	l.At, l.Conn = r.at, conn
	emit(&l)
}

// harakaWord reports whether a message, in quotes or not, begins with a word.
func harakaWord(msg []byte, word string) bool {
	n := len(word)
	return bytes.HasPrefix(msg, []byte(word)) && len(msg) > n && (msg[n] == ' ' || msg[n] == '"')
}
