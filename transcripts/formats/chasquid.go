package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// chasquid marks with "->" what it received and with "<-" what it sent. A
// reply is one record without the codes of its further lines. The greeting and
// the reply to QUIT are left out, and credentials are hidden with their
// mechanism.
var chasquid = &transcripts.Format{
	Name:     "chasquid",
	Programs: "chasquid ca2538b (-v=3)",
	Record:   "chasquid -v=3 2> session.log",
	Captured: true,
	Proves:   transcripts.Unbroken | transcripts.Order,
	Holds:    "C.:", HoldsOne: "-<",
	Sign: func(line []byte) int {
		if _, mark, _ := readChasquid(line); mark > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &chasquidDecoder{} },
}

// readChasquid reads ". conn.go:262        SMTP.Conn 127.0.0.1:37936: -> " and
// returns where the text behind the name begins, and where that behind the
// mark does; 0 where there is none.
func readChasquid(line []byte) (conn []byte, mark, words int) {
	const name = " SMTP.Conn "
	n := bytes.Index(line[:min(len(line), 64)], []byte(name))
	if n < 0 {
		return nil, 0, 0
	}
	n += len(name)
	end := bytes.Index(line[n:], []byte(": "))
	if end <= 0 || bytes.IndexByte(line[n:n+end], ' ') >= 0 {
		return nil, 0, 0
	}
	conn, words = line[n:n+end], n+end+2
	if w := line[words:]; len(w) > 3 && w[2] == ' ' && (string(w[:2]) == "->" || string(w[:2]) == "<-" || string(w[:2]) == "<>") {
		mark = words + 3
	}
	return conn, mark, words
}

type chasquidDecoder struct {
	unquote repr
	line    []byte
}

func (d *chasquidDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	conn, mark, words := readChasquid(raw.Text)
	if words == 0 {
		return
	}
	if mark > 0 && raw.Text[words] == '<' && raw.Text[words+1] == '-' {
		d.reply(raw, conn, words, mark, emit)
		return
	}
	var l transcripts.Line
	switch said := raw.Text[words:]; {
	case bytes.HasPrefix(said, []byte("<> ...  jump to TLS was successful")):
		l = raw.Remark(transcripts.Secured, words)
	case bytes.HasPrefix(said, []byte("-> ... ")) && bytes.HasSuffix(said, []byte(" bytes of data")):
		l = raw.Remark(transcripts.ContentLeftOut, words)
	case bytes.HasPrefix(said, []byte("-> ")):
		l = raw.Line(transcripts.Client, words, mark)
		l.Text = bytes.TrimRight(l.Text, " ") // one stands behind each verb
	case bytes.HasPrefix(said, []byte("Connected, mode: ")):
		l = raw.Remark(transcripts.Opened, words)
	case bytes.HasPrefix(said, []byte("client closed the connection")):
		l = raw.Remark(transcripts.ClientClosed, words)
	default:
		return
	}
	l.Conn = conn
	emit(&l)
}

// reply takes "250  first\nsecond" apart.
func (d *chasquidDecoder) reply(raw *transcripts.Raw, conn []byte, words, mark int, emit func(*transcripts.Line)) {
	text := raw.Text[mark:]
	if bytes.IndexByte(text, '\\') >= 0 {
		text = d.unquote.whole(text, 0)
	}
	if bytes.HasPrefix(text, []byte("220  ")) { // to STARTTLS, and sent with an enhanced code
		text = append([]byte("220 2.0.0 "), text[len("220  "):]...)
	}
	d.line = unfold(d.line, text, func(line []byte) {
		l := raw.Line(transcripts.Server, words, mark)
		l.Text, l.Conn = line, conn
		emit(&l)
	})
}
