package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// aiosmtpd marks with ">>" what it received and with "<<" what it sent, behind
// the peer's address. Each command is written twice, first as it was read,
// with its line end and without an address; content only so. Credentials are
// hidden, and the answers to 334 are left out.
var aiosmtpd = &transcripts.Format{
	Name:     "aiosmtpd",
	Programs: "aiosmtpd 1.4.3 (logging at level DEBUG; python -m aiosmtpd -ddd)",
	Record:   "logging.basicConfig(level=logging.DEBUG), with standard error in session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.Octets | transcripts.Clock,
	Holds: "('",
	Sign: func(line []byte) int {
		if r := readAiosmtpd(line); r.quote > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &aiosmtpdDecoder{} },
}

// aiosmtpdRecord is a record about one peer.
type aiosmtpdRecord struct {
	at         transcripts.Instant
	addr, port []byte
	words      int // where the text behind the peer begins; 0 where there is no peer
	sent       bool
	quote      int // the quote that opens what was said; 0 for other words
}

// readAiosmtpd reads "('127.0.0.1', 40452) >> b'...'" behind any prefix that
// the logging module was told to write.
func readAiosmtpd(line []byte) (r aiosmtpdRecord) {
	open := bytes.Index(line, []byte("('"))
	if open < 0 {
		return r
	}
	addr, rest, ok := bytes.Cut(line[open+2:], []byte("', "))
	if !ok {
		return r
	}
	n := 0
	for n < len(rest) && isDigit(rest[n]) {
		n++
	}
	end := bytes.Index(rest, []byte(") "))
	if n == 0 || end < n {
		return r
	}
	r.at, _ = dateTime(line)
	r.addr, r.port = addr, rest[:n]
	r.words = len(line) - len(rest) + end + 2
	words := line[r.words:]
	if len(words) > 5 && (words[0] == '<' || words[0] == '>') && words[1] == words[0] && words[2] == ' ' &&
		words[3] == 'b' && (words[4] == '\'' || words[4] == '"') {
		r.sent, r.quote = words[0] == '<', r.words+4
	}
	return r
}

type aiosmtpdDecoder struct {
	repr    repr
	conn    []byte
	asked   asked
	read    transcripts.EOL // of the command that was read and comes again
	message bool            // in a message that the debugging handler prints
}

func (d *aiosmtpdDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	switch {
	case d.message:
		d.message = !bytes.HasPrefix(text, []byte("------------ END MESSAGE"))
		return
	case bytes.HasPrefix(text, []byte("---------- MESSAGE FOLLOWS")):
		d.message = true
		return
	}
	if n := bytes.Index(text, []byte("DATA readline: b")); n >= 0 && !bytes.Contains(text[:n], []byte("('")) {
		d.content(raw, n, n+len("DATA readline: b"), emit)
		return
	}
	if n := bytes.Index(text, []byte("_handle_client readline: b")); n >= 0 && !bytes.Contains(text[:n], []byte("('")) {
		d.read = transcripts.LF
		if bytes.HasSuffix(text, []byte(`\r\n'`)) || bytes.HasSuffix(text, []byte(`\r\n"`)) {
			d.read = transcripts.CRLF
		}
		return
	}
	r := readAiosmtpd(text)
	if r.words == 0 {
		return
	}
	d.conn = append(append(append(d.conn[:0], r.addr...), ':'), r.port...)
	if r.quote == 0 {
		d.event(raw, &r, emit)
		return
	}
	who, eol := transcripts.Client, d.read
	if r.sent {
		who, eol = transcripts.Server, transcripts.EOLUnknown
	}
	d.read = transcripts.EOLUnknown
	said := 0
	d.repr.begin(who, text[r.quote], raw.Span.Part(r.words, 0))
	d.repr.all(text[r.quote+1:], raw.Span.Part(r.quote+1, 0), func(l *transcripts.Line) {
		said++
		l.At, l.Conn, l.EOL = r.at, d.conn, eol
		if r.sent {
			d.asked.replied(d.conn, l.Text)
		}
		emit(l)
	})
	if said == 0 {
		l := raw.Line(who, r.words, len(text))
		l.At, l.Conn, l.EOL = r.at, d.conn, eol
		emit(&l)
	}
}

// content takes lines of a message.
func (d *aiosmtpdDecoder) content(raw *transcripts.Raw, mark, quote int, emit func(*transcripts.Line)) {
	conn, ok := d.asked.sender(raw, emit)
	if !ok || quote >= len(raw.Text) {
		return
	}
	at, _ := dateTime(raw.Text)
	d.repr.begin(transcripts.Client, raw.Text[quote], raw.Span.Part(mark, 0))
	d.repr.all(raw.Text[quote+1:], raw.Span.Part(quote+1, 0), func(l *transcripts.Line) {
		l.At, l.Conn = at, conn
		emit(l)
	})
}

// event takes other words about a peer.
func (d *aiosmtpdDecoder) event(raw *transcripts.Raw, r *aiosmtpdRecord, emit func(*transcripts.Line)) {
	var note transcripts.Note
	switch words := raw.Text[r.words:]; {
	case string(words) == "handling connection":
		note = transcripts.Opened
	case string(words) == "EOF received":
		note = transcripts.ClientClosed
	case string(words) == "connection lost":
		note = transcripts.Closed
	default:
		return
	}
	l := raw.Remark(note, r.words)
	l.At, l.Conn = r.at, d.conn
	emit(&l)
	d.asked.forget(d.conn)
}
