package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// amavis is the server of one conversation and the client of another, and
// writes both under the same id. What it received has its line end, escaped; a
// reply that it received is one record without the codes of its further lines.
// Content is left out.
var amavis = &transcripts.Format{
	Name:     "amavis",
	Programs: "amavis 2.13.0 ($log_level 5)",
	Record:   "$log_level = 5 in amavisd.conf, and the log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.CommandEnds | transcripts.Clock,
	Holds: "()",
	Sign: func(line []byte) int {
		r, ok := readSyslog(line)
		if !ok {
			return 0
		}
		if id, n := readAmavis(line, &r); n > 0 && len(id) > 0 {
			if _, text := amavisMark(line[n:]); text > 0 && r.text > 0 {
				return transcripts.Strong
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &amavisDecoder{} },
}

// readAmavis reads "(00018-01) " behind the header of a record, and returns where
// the words begin; 0 where there are none.
func readAmavis(line []byte, r *syslogRecord) (id []byte, words int) {
	if !bytes.Contains(r.tag, []byte("amavis")) || r.text == len(line) || line[r.text] != '(' {
		return nil, 0
	}
	end := bytes.Index(line[r.text:], []byte(") "))
	if end < 2 || end > 40 {
		return nil, 0
	}
	return line[r.text+1 : r.text+end], r.text + end + 2
}

type amavisKind uint8

const (
	amavisNone     amavisKind = iota
	amavisReceived            // as a server
	amavisSent
	amavisCommand // as a client
	amavisReply
)

// amavisMark tells what the words of a record are and where the text begins; 0
// where they are none of a conversation.
func amavisMark(words []byte) (kind amavisKind, text int) {
	rest, extended := bytes.CutPrefix(words, []byte{'E'})
	switch {
	case bytes.HasPrefix(rest, []byte("SMTP< ")):
		kind, text = amavisReceived, len("SMTP< ")
	case bytes.HasPrefix(rest, []byte("SMTP> ")):
		kind, text = amavisSent, len("SMTP> ")
	case bytes.HasPrefix(words, []byte("smtp cmd> ")):
		return amavisCommand, len("smtp cmd> ")
	case bytes.HasPrefix(words, []byte("smtp greeting: ")):
		return amavisReply, len("smtp greeting: ")
	case bytes.HasPrefix(words, []byte("smtp resp to ")):
		for n := len("smtp resp to "); n+5 < len(words); n++ {
			if words[n] == ':' && words[n+1] == ' ' && replyShaped(words[n+2:]) {
				return amavisReply, n + 2
			}
		}
	}
	if extended && text > 0 {
		text++
	}
	return kind, text
}

type amavisDecoder struct {
	log     syslogReader
	line    transcripts.Line // lent out
	conn    []byte
	reply   []byte
	unquote repr
	roles   conns[role]
}

func (d *amavisDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := &d.log
	if !r.read(raw.Text) {
		return
	}
	id, n := readAmavis(raw.Text, &r.syslogRecord)
	if n == 0 {
		return
	}
	words := raw.Text[n:]
	kind, text := amavisMark(words)
	server := kind == amavisReceived || kind == amavisSent
	d.name(id, server)
	l := &d.line
	switch {
	case kind != amavisNone:
	case bytes.HasPrefix(words, []byte("about to connect to ")):
		raw.Lend(l, transcripts.Recorder, n, n)
		l.Note, l.At, l.Conn = transcripts.Opened, r.at, d.conn
		emit(l)
		return
	default:
		return
	}
	if k, fresh := d.roles.of(d.conn); fresh && server {
		k.server = true
		emitProves(raw, d.conn, amavis.Proves&^transcripts.Reaction, emit)
	}
	if kind == amavisReply {
		d.replied(raw, n, n+text, emit)
		return
	}
	raw.Lend(l, transcripts.Client, n, n+text)
	l.At, l.Conn = r.at, d.conn
	switch kind {
	case amavisSent:
		l.From = transcripts.Server
	case amavisReceived:
		d.received(l)
	}
	emit(l)
}

// name makes the name of the conversation: each process has one as a server,
// numbered in the second part of the id, and one as a client.
func (d *amavisDecoder) name(id []byte, server bool) {
	process, rest, _ := bytes.Cut(id, []byte{'-'})
	d.conn = append(d.conn[:0], process...)
	if server {
		session, _, _ := bytes.Cut(rest, []byte{'-'})
		d.conn = append(append(append(d.conn, '-'), session...), "/in"...)
	} else {
		d.conn = append(d.conn, "/out"...)
	}
}

// received takes the line end off that stands escaped behind what a client
// sent.
func (d *amavisDecoder) received(l *transcripts.Line) {
	for _, e := range amavisEnds {
		if cut, found := bytes.CutSuffix(l.Text, []byte(e.text)); found {
			l.Text, l.EOL = cut, e.eol
			break
		}
	}
	if bytes.IndexByte(l.Text, '\\') >= 0 {
		l.Text = d.unquote.whole(l.Text, 0)
	}
}

var amavisEnds = []struct {
	text string
	eol  transcripts.EOL
}{{`\r\n`, transcripts.CRLF}, {"<CR><LF>", transcripts.CRLF}, {`\n`, transcripts.LF}}

// replied takes "250 first\nsecond, dt: 0.2 ms" apart.
func (d *amavisDecoder) replied(raw *transcripts.Raw, words, mark int, emit func(*transcripts.Line)) {
	text := raw.Text[mark:]
	if n := bytes.LastIndex(text, []byte(", dt: ")); n > 0 && bytes.HasSuffix(text, []byte(" ms")) {
		text = text[:n]
	}
	if bytes.IndexByte(text, '\\') >= 0 {
		text = d.unquote.whole(text, 0)
	}
	d.reply = unfold(d.reply, text, func(line []byte) {
		l := &d.line
		raw.Lend(l, transcripts.Server, words, mark)
		l.At, l.Conn, l.Text = d.log.at, d.conn, line
		emit(l)
	})
}
