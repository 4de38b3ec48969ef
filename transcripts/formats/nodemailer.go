package formats

import (
	"bytes"
	"unicode/utf8"

	"github.com/smtplint/smtplint/transcripts"
)

// Nodemailer names the connection in each entry and marks commands and
// replies; lines of content have no mark. It sends no QUIT. Octets above 127
// are written as the characters of Latin-1.
var nodemailer = &transcripts.Format{
	Name:     "nodemailer",
	Programs: "Nodemailer 6.10.1, 7.0.13, 10.6.0 (logger and debug)",
	Record:   "nodemailer.createTransport({logger: true, debug: true, ...}), with standard output in session.log",
	Captured: true,
	Proves:   nodemailerProves,
	First:    "[",
	Sign: func(line []byte) int {
		if e := readNodemailer(line); len(e.sid) > 0 && roleMark(line[e.text:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &nodemailerDecoder{} },
}

const nodemailerProves = transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order |
	transcripts.Reaction | transcripts.Bodies | transcripts.Stuffing | transcripts.Octets | transcripts.Clock |
	transcripts.Outcome

// nodemailerEntry is the start of an entry.
type nodemailerEntry struct {
	at    transcripts.Instant
	level byte   // its first letter
	sid   []byte // of the connection; empty for what is about no connection
	text  int    // where the text begins; 0 where the line is no entry
}

// readNodemailer reads "[2006-01-02 15:04:05] DEBUG [sid] ".
func readNodemailer(line []byte) (e nodemailerEntry) {
	const start = len("[2006-01-02 15:04:05] DEBUG ")
	if len(line) < start || line[0] != '[' || line[20] != ']' || line[start-1] != ' ' {
		return e
	}
	at, n := dateTime(line[1:])
	if n != 19 {
		return e
	}
	e.at, e.level, e.text = at, line[22], start
	if sid, text := inBrackets(line, start); len(sid) > 0 && sid[0] != '#' {
		e.sid, e.text = sid, text
	}
	return e
}

type nodemailerDecoder struct {
	sessions conns[nodemailerSession]
	octets   []byte
}

type nodemailerSession struct{ content bool } // the next lines are

func (d *nodemailerDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	e := readNodemailer(raw.Text)
	if len(e.sid) == 0 {
		return
	}
	s, _ := d.sessions.of(e.sid)
	text := raw.Text[e.text:]
	var l transcripts.Line
	switch {
	case e.level != 'D':
		s.content = false
		note, ok := nodemailerNote(text)
		if !ok {
			return
		}
		l = raw.Remark(note, e.text)
	case s.content:
		s.content = string(text) != "."
		l = raw.Line(transcripts.Client, e.text, e.text)
		d.octets = fromLatin1(d.octets[:0], text)
		l.Text = d.octets
	case roleMark(text) && text[0] == 'C':
		l = raw.Line(transcripts.Client, e.text, e.text+3)
	case roleMark(text):
		l = raw.Line(transcripts.Server, e.text, e.text+3)
		d.octets = fromLatin1(d.octets[:0], l.Text)
		l.Text = d.octets
		s.content = bytes.HasPrefix(l.Text, []byte("354 "))
	case bytes.HasPrefix(text, []byte(nodemailerCloses)):
		l = raw.Remark(transcripts.ClientClosed, e.text)
	default:
		return
	}
	if l.Note == transcripts.Closed || l.Note == transcripts.ClientClosed {
		d.sessions.forget(e.sid)
	}
	l.At, l.Conn = e.at, e.sid
	emit(&l)
	if l.Note == transcripts.Opened {
		nodemailerOpened(raw, e.at, e.sid, text, emit)
	}
}

// nodemailerOpened states what "Connection established to ADDRESS:PORT" says
// beyond that.
func nodemailerOpened(raw *transcripts.Raw, at transcripts.Instant, sid, text []byte, emit func(*transcripts.Line)) {
	if n := bytes.LastIndexByte(text, ':'); n > 0 {
		emitFact(raw, sid, "port: "+string(text[n+1:]), emit)
	}
	if text[0] == 'S' {
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, At: at, Conn: sid, Span: raw.Span})
	}
}

const nodemailerCloses = "Closing connection to the server using "

// nodemailerNote tells what Nodemailer says above its debug level.
func nodemailerNote(text []byte) (transcripts.Note, bool) {
	switch {
	case bytes.HasPrefix(text, []byte("Connection established to ")), bytes.HasPrefix(text, []byte("Secure connection established to ")):
		return transcripts.Opened, true
	case string(text) == "Connection closed":
		return transcripts.Closed, true
	case string(text) == "Connection upgraded with STARTTLS":
		return transcripts.Secured, true
	case len(text) > 0 && text[0] == '<': // the size of the message
		return 0, false
	}
	return transcripts.Comment, true
}

// fromLatin1 appends text with each character of Latin-1 as one octet. Text
// with other characters is no Latin-1 and stays as it is.
func fromLatin1(dst, text []byte) []byte {
	start := len(dst)
	for i := 0; i < len(text); {
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			if c, n = utf8.DecodeRune(text[i:]); c > 0xff {
				return append(dst[:start], text...)
			}
		}
		dst = append(dst, byte(c))
		i += n
	}
	return dst
}
