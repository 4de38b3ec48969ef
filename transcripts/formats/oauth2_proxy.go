package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// email-oauth2-proxy stands between a client and a server, and writes the repr
// of what it reads on either side. The client's side is read here; the other,
// which is indented, repeats it until the client has logged in. What is read
// at once may begin and end within lines.
var oauth2Proxy = &transcripts.Format{
	Name:     "oauth2-proxy",
	Programs: "email-oauth2-proxy 2022 to 2024 (--debug)",
	Record:   "emailproxy --debug --log-file session.log",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Bodies | transcripts.Stuffing |
		transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Clock,
	Holds: ":()",
	Sign: func(line []byte) int {
		if _, n := proxyConn(line); n > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &proxyDecoder{} },
}

// proxyConn finds the name of the connection on a line, and where what is said
// about it begins; 0 where the line has none.
func proxyConn(line []byte) (conn []byte, said int) {
	const mark = ": SMTP ("
	n := bytes.Index(line[:min(len(line), 40)], []byte(mark))
	if n < 0 {
		return nil, 0
	}
	from := n + len(mark)
	end := bytes.Index(line[from:], []byte(") "))
	if end < 0 {
		return nil, 0
	}
	return line[from : from+end], from + end + 2
}

// proxied is what is unfinished of a connection, by who speaks.
type proxied [2]repr

type proxyDecoder struct{ open conns[proxied] }

func (d *proxyDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	conn, n := proxyConn(raw.Text)
	if n == 0 {
		return
	}
	at, _ := dateTime(raw.Text)
	tell := func(l *transcripts.Line) {
		l.At, l.Conn = at, conn
		emit(l)
	}
	who, said := transcripts.Client, raw.Text[n:]
	switch {
	case bytes.HasPrefix(said, []byte("--> ")):
	case bytes.HasPrefix(said, []byte("<-- ")):
		who = transcripts.Server
	default:
		return // the server's side, or TLS on either
	}
	n += len("--> ")
	said = said[len("--> "):]
	if len(said) < 3 || said[0] != 'b' || said[1] != '\'' && said[1] != '"' {
		d.event(raw, n, conn, tell)
		return
	}
	p, _ := d.open.of(conn)
	r := &p[who]
	r.who = who
	r.goOn(said[1], raw.Span.Part(0, 0))
	r.feed(said[2:], raw.Span.Part(n+2, 0), tell)
	if raw.Cut > 0 {
		tell(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, Span: raw.Span})
	}
}

// event takes what the proxy says in brackets.
func (d *proxyDecoder) event(raw *transcripts.Raw, n int, conn []byte, tell func(*transcripts.Line)) {
	l := raw.Remark(transcripts.Comment, n)
	switch said := l.Text; {
	case bytes.HasPrefix(said, []byte("[ Client connected")):
		l.Note = transcripts.Opened
	case bytes.HasPrefix(said, []byte("[ Client disconnected")):
		l.Note = transcripts.ClientClosed
	case bytes.HasPrefix(said, []byte("[ Server disconnected")):
		l.Note = transcripts.ServerClosed
	}
	if l.Note != transcripts.Comment {
		p, _ := d.open.of(conn)
		for who := range p {
			p[who].wireLine.goOn(raw.Span.Part(0, 0))
			p[who].end(tell)
		}
		d.open.forget(conn)
	}
	tell(&l)
}
