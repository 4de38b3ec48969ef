package wire

import (
	"bytes"
	"strconv"

	"github.com/smtplint/smtplint/transcripts"
)

// Python reads what a recording client wrote: "> b'...'" for what it sent and
// "< b'...'" for what it received, in the quotes of Python, split behind each
// LF. A sent line that ends in \r had CRLF, one without had LF alone. A line
// that begins with "#" and a greeting begin another session. A capital letter
// before the mark names one of several sessions.
var Python = &transcripts.Format{
	Name:   "wire-python",
	Proves: transcripts.Everything &^ (transcripts.Outcome | transcripts.Segments | transcripts.Clock),
	Sign:   func([]byte) int { return 0 },
	New:    func([]byte) transcripts.Decoder { return &pythonDecoder{} },
}

type pythonDecoder struct{}

func (d *pythonDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	name, text := raw.Text[:0], raw.Text
	if len(text) > 0 && 'A' <= text[0] && text[0] <= 'Z' {
		name, text = text[:1], text[1:]
	}
	if len(text) < 5 || text[1] != ' ' || text[2] != 'b' || text[0] != '<' && text[0] != '>' {
		return
	}
	octets, ok := Unquote(text[3:])
	if !ok {
		l := raw.Remark(transcripts.Unreadable, 0)
		emit(&l)
		return
	}
	l := transcripts.Line{From: transcripts.Client, Text: octets, EOL: transcripts.LF, Conn: name, Span: raw.Span}
	if text[0] == '<' {
		l.From = transcripts.Server
		l.Text = bytes.TrimSuffix(octets, []byte{'\n'})
	}
	if cut, found := bytes.CutSuffix(l.Text, []byte{'\r'}); found {
		l.Text, l.EOL = cut, transcripts.CRLF
	}
	emit(&l)
}

// Unquote undoes the quotes of Python, which Go nearly shares.
func Unquote(b []byte) ([]byte, bool) {
	if n := len(b); n >= 2 && b[0] == '\'' && b[n-1] == '\'' {
		inner := bytes.ReplaceAll(b[1:n-1], []byte(`\'`), []byte(`'`))
		b = append(append([]byte{'"'}, bytes.ReplaceAll(inner, []byte(`"`), []byte(`\"`))...), '"')
	}
	s, err := strconv.Unquote(string(b))
	return []byte(s), err == nil
}
