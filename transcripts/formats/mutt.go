package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Mutt writes the number of the socket and an arrow before what it sends,
// with its CR, and what it receives, without. Content is shown from level 3
// on. It reads no answer to QUIT.
var mutt = &transcripts.Format{
	Name:     "mutt",
	Programs: "Mutt 2.2.12 (-d 2 and above)",
	Record:   "mutt -d 3, which writes ~/.muttdebug0",
	Captured: true,
	Proves:   muttProves | transcripts.Unbroken,
	First:    "[",
	Sign: func(line []byte) int {
		if e := readMutt(line); e.mark > 0 && !e.neo {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &muttDecoder{} },
}

// NeoMutt adds the level and the function, and shows 334 only from level 3 on.
var neomutt = &transcripts.Format{
	Name:     "neomutt",
	Programs: "NeoMutt 20220429 (-d 2 and above)",
	Record:   "neomutt -d 3 -l session.log",
	Captured: true,
	Proves:   muttProves | transcripts.Unbroken | transcripts.Outcome,
	First:    "[",
	Sign: func(line []byte) int {
		if e := readMutt(line); e.mark > 0 && e.neo {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &muttDecoder{} },
}

const muttProves = transcripts.Opening | transcripts.Closing | transcripts.Order | transcripts.Reaction |
	transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds |
	transcripts.Octets | transcripts.Secrets | transcripts.Clock

// muttEntry is the start of an entry.
type muttEntry struct {
	at   transcripts.Instant
	neo  bool
	said int // where the text of an entry begins that may be about anything
	who  transcripts.Party
	fd   []byte // of the socket
	mark int    // where its number begins; 0 where the entry is about no socket
	text int
}

// readMutt reads "[2006-01-02 15:04:05] 4> " and NeoMutt's
// "[2006-01-02 15:04:05]<2> mutt_socket_write_d() 4> ".
func readMutt(line []byte) (e muttEntry) {
	const start = len("[2006-01-02 15:04:05]")
	if len(line) <= start+1 || line[0] != '[' || line[start-1] != ']' {
		return e
	}
	at, n := dateTime(line[1:])
	if n != start-2 {
		return e
	}
	e.at, n = at, start
	if line[n] == '<' {
		end := bytes.Index(line[n:], []byte("() "))
		if end < 0 {
			return e
		}
		e.neo, n = true, n+end+2
	}
	if line[n] != ' ' {
		return e
	}
	n++
	e.said = n
	for e.text = n; e.text < len(line) && isDigit(line[e.text]); e.text++ {
	}
	if e.text == n || e.text+1 >= len(line) || line[e.text+1] != ' ' {
		return e
	}
	switch line[e.text] {
	case '>':
	case '<':
		e.who = transcripts.Server
	default:
		return e
	}
	e.fd, e.mark = line[n:e.text], n
	e.text += 2
	return e
}

type muttDecoder struct {
	sockets conns[muttSocket]
	stuffed []byte
}

// muttSocket is what is known of a connection, be it for mail or for folders.
type muttSocket struct {
	greeted bool
	foreign bool // the server speaks IMAP or POP
	asked   bool // the last reply was a 354
	auth    bool // the client waits for an answer in an AUTH exchange
}

func (d *muttDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	e := readMutt(raw.Text)
	if e.mark == 0 {
		d.remark(raw, e, emit)
		return
	}
	s, _ := d.sockets.of(e.fd)
	l := raw.Line(e.who, e.mark, e.text)
	l.At, l.Conn = e.at, e.fd
	if e.who == transcripts.Server {
		if !s.greeted {
			s.greeted, s.foreign = true, !replyShaped(l.Text)
		}
		if s.foreign {
			return
		}
		s.asked, s.auth = bytes.HasPrefix(l.Text, []byte("354")), false
		emit(&l)
		return
	}
	if s.foreign {
		return
	}
	d.client(raw, s, &l, emit)
}

func (d *muttDecoder) client(raw *transcripts.Raw, s *muttSocket, l *transcripts.Line, emit func(*transcripts.Line)) {
	if raw.EOL == transcripts.CRLF {
		l.EOL = transcripts.CRLF
	}
	note := l.Span.Part(0, 0)
	if s.asked {
		if string(l.Text) == "." {
			emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.ContentLeftOut, At: l.At, Conn: l.Conn, Span: note})
		}
		s.asked = false
	}
	if len(l.Text) > 1 && l.Text[0] == '.' {
		// The period that doubles another is a piece of its own.
		if e := readMutt(l.Text[1:]); e.mark > 0 {
			d.stuffed = append(append(d.stuffed[:0], '.'), l.Text[1+e.text:]...)
			l.Text = d.stuffed
		}
	}
	if s.auth { // what it was asked is not shown
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, At: l.At, Conn: l.Conn, Span: note})
	}
	s.auth = s.auth || bytes.HasPrefix(l.Text, []byte("AUTH "))
	emit(l)
	if string(l.Text) == "QUIT" {
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.ClientClosed, At: l.At, Conn: l.Conn, Span: l.Span})
	}
}

func (d *muttDecoder) remark(raw *transcripts.Raw, e muttEntry, emit func(*transcripts.Line)) {
	if e.said == 0 {
		return
	}
	said := raw.Text[e.said:]
	switch {
	case bytes.HasPrefix(said, []byte("Connected to ")):
		n := bytes.LastIndex(said, []byte(" on fd="))
		if n < 0 {
			return
		}
		fd := said[n+len(" on fd="):]
		s, _ := d.sockets.of(fd)
		*s = muttSocket{}
		l := raw.Remark(transcripts.Opened, e.said)
		l.At, l.Conn = e.at, fd
		emit(&l)
		if p := bytes.LastIndexByte(said[:n], ':'); p > 0 {
			emitFact(raw, fd, "port: "+string(said[p+1:n]), emit)
		}
	case bytes.HasPrefix(said, []byte("SMTP session failed: ")):
		l := raw.Remark(transcripts.Refused, e.said)
		l.At = e.at
		emit(&l)
	}
}
