package formats

import (
	"bytes"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// Nodemailer can log through bunyan, pino and others that write JSON: "tnx"
// says who speaks, and a reply of several lines, or a piece of a message, is
// one entry.
var nodemailerJSON = &transcripts.Format{
	Name:     "nodemailer-json",
	Programs: "Nodemailer 6.10.1, 7.0.13, 10.6.0 (logger: bunyan)",
	Record:   "nodemailer.createTransport({logger: bunyan.createLogger({name: 'mail', level: 'trace'}), debug: true, ...})",
	Captured: true,
	Proves:   nodemailerProves,
	First:    "{",
	Sign: func(line []byte) int {
		if len(line) > 0 && line[0] == '{' && bytes.Contains(line, []byte(`"component":"smtp-connection"`)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &nodemailerJSONDecoder{} },
}

type nodemailerJSONDecoder struct {
	message repr
	at      transcripts.Instant
	sid     []byte
	open    bool // a message goes on in the next piece of the line
	octets  []byte
}

func (d *nodemailerJSONDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.DecodePiece(raw, true, true, emit)
}

func (d *nodemailerJSONDecoder) DecodePiece(raw *transcripts.Raw, first, last bool, emit func(*transcripts.Line)) {
	if !first {
		if d.open {
			d.feed(raw, 0, last, emit)
		}
		return
	}
	d.open = false
	text := raw.Text
	msg := jsonField(text, `"msg":"`)
	if msg == 0 || nodemailerJSON.Sign(text) == 0 {
		return
	}
	d.sid = append(d.sid[:0], jsonWord(text, `"sid":"`)...)
	if at := jsonTime(text); at != 0 {
		d.at = at
	}
	who := transcripts.Server
	switch string(jsonWord(text, `"tnx":"`)) {
	case "server":
	case "client":
		who = transcripts.Client
	case "message":
		who = transcripts.Client
		if jsonField(text, `"inByteCount":`) > 0 {
			return // the size of the message
		}
	default:
		d.remark(raw, msg, emit)
		return
	}
	d.message.begin(who, '"', raw.Span)
	d.feed(raw, msg, last, emit)
}

func (d *nodemailerJSONDecoder) feed(raw *transcripts.Raw, from int, last bool, emit func(*transcripts.Line)) {
	each := func(l *transcripts.Line) {
		l.At, l.Conn = d.at, d.sid
		l.EOL = transcripts.EOLUnknown // the last one is cut off
		d.octets = fromLatin1(d.octets[:0], l.Text)
		l.Text = d.octets
		emit(l)
	}
	empty := len(raw.Text) > from && raw.Text[from] == '"'
	d.open = d.message.feed(raw.Text[from:], raw.Span.Part(from, 0), each)
	switch {
	case !d.open && empty && d.message.who == transcripts.Client:
		each(&transcripts.Line{From: transcripts.Client, Span: raw.Span}) // an empty line
	case !d.open, last:
		d.message.end(each)
		d.open = false
	}
}

func (d *nodemailerJSONDecoder) remark(raw *transcripts.Raw, msg int, emit func(*transcripts.Line)) {
	said := d.message.whole(raw.Text[msg:], '"')
	note, ok := nodemailerNote(said)
	if bytes.HasPrefix(said, []byte(nodemailerCloses)) {
		note = transcripts.ClientClosed
	}
	if !ok || note == transcripts.Comment && jsonField(raw.Text, `"level":20`) > 0 {
		return
	}
	l := raw.Remark(note, 0)
	l.Text, l.At, l.Conn = said, d.at, d.sid
	emit(&l)
	if note == transcripts.Opened {
		nodemailerOpened(raw, d.at, d.sid, said, emit)
	}
}

// jsonField returns where the value begins behind a field's name as it stands
// in a line of JSON; 0 where there is none. Within strings quotes are escaped,
// so that a name is never found there.
func jsonField(line []byte, name string) int {
	n := bytes.Index(line, []byte(name))
	if n < 0 {
		return 0
	}
	return n + len(name)
}

// jsonWord returns the value of a field that needs no escapes.
func jsonWord(line []byte, name string) []byte {
	n := jsonField(line, name)
	if n == 0 {
		return nil
	}
	end := bytes.IndexByte(line[n:], '"')
	if end < 0 {
		return nil
	}
	return line[n : n+end]
}

// jsonTime returns the time of a line: RFC 3339, or milliseconds since 1970.
func jsonTime(line []byte) transcripts.Instant {
	n := jsonField(line, `"time":`)
	if n == 0 || n == len(line) {
		return 0
	}
	if line[n] == '"' {
		t, err := time.Parse(time.RFC3339, string(jsonWord(line, `"time":"`)))
		if err != nil {
			return 0
		}
		return transcripts.At(t)
	}
	end := n
	for end < len(line) && isDigit(line[end]) && end < n+15 {
		end++
	}
	return transcripts.Instant(number(line[n:end])) * transcripts.Instant(time.Millisecond)
}
