package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// The smtp-server package of Nodemailer marks commands and the first line of a
// reply, and names the session. Content is a count of octets.
var smtpServer = &transcripts.Format{
	Name:     "smtp-server",
	Programs: "smtp-server 3 of Nodemailer (logger: true); 1 as its manual has it",
	Record:   "new SMTPServer({logger: true}), with standard output in session.log",
	Captured: true,
	Proves:   transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Clock,
	First:    "[",
	Sign: func(line []byte) int {
		if _, conn, n := readSMTPServer(line); n > 0 && len(conn) > 0 && roleMark(line[n:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &smtpServerDecoder{} },
}

// readSMTPServer reads "[2006-01-02 15:04:05] DEBUG [#session] " and returns
// where the text begins; 0 where there is none. Version 1 wrote "DEBUG: [session] ".
func readSMTPServer(line []byte) (at transcripts.Instant, conn []byte, text int) {
	if len(line) < 30 || line[0] != '[' {
		return 0, nil, 0
	}
	at, n := dateTime(line[1:])
	if n == 0 || line[1+n] != ']' {
		return 0, nil, 0
	}
	n += 2
	open := bytes.IndexByte(line[n:], '[')
	if open < 0 || open > 10 || bytes.ContainsAny(line[n:n+open], "\"'") {
		return 0, nil, 0
	}
	conn, text = inBrackets(line, n+open)
	first := bytes.HasSuffix(line[n:n+open], []byte(": "))
	switch rest, marked := bytes.CutPrefix(conn, []byte{'#'}); {
	case marked && !first && bytes.IndexByte(line[n:n+open], ':') < 0:
		return at, rest, text
	case first && len(conn) > 0:
		return at, conn, text
	}
	return 0, nil, 0
}

type smtpServerDecoder struct {
	conn []byte // whose reply goes on
	at   transcripts.Instant
}

func (d *smtpServerDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, conn, n := readSMTPServer(raw.Text)
	switch {
	case n == 0 && len(d.conn) > 0 && replyShaped(raw.Text): // of version 1
		at, conn = d.at, d.conn
	case n == 0:
		return
	default:
		d.conn, d.at = d.conn[:0], at
	}
	text := raw.Text[n:]
	var l transcripts.Line
	switch {
	case roleMark(text) && text[0] == 'C':
		l = raw.Line(transcripts.Client, n, n+3)
		if bytes.HasPrefix(l.Text, []byte{'<'}) && bytes.HasSuffix(l.Text, []byte(" bytes of DATA>")) {
			l.From, l.Note = transcripts.Recorder, transcripts.ContentLeftOut
		}
	case roleMark(text):
		l = raw.Line(transcripts.Server, n, n+3)
		if len(l.Text) > 3 && l.Text[3] == '-' {
			d.conn = append(d.conn, conn...)
		}
	case replyShaped(text): // a further line of a reply bears no mark
		l = raw.Line(transcripts.Server, n, n)
	case bytes.HasPrefix(text, []byte("Connection from ")):
		l = raw.Remark(transcripts.Opened, n)
	case bytes.HasPrefix(text, []byte("Connection closed to ")):
		l = raw.Remark(transcripts.Closed, n)
	case bytes.HasPrefix(text, []byte("Connection upgraded to TLS ")):
		l = raw.Remark(transcripts.Secured, n)
	default:
		return
	}
	l.At, l.Conn = at, conn
	emit(&l)
}
