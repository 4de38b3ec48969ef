package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// ssmtp -v shows of each reply the last line only, and leaves out the line
// that carries the password. When it gives up it says why and closes.
var ssmtp = &transcripts.Format{
	Name:     "ssmtp",
	Programs: "ssmtp 2.64 (-v)",
	Record:   "ssmtp -v ADDRESS < message > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.Octets | transcripts.Outcome,
	First: "[",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("[->] ")) || bytes.HasPrefix(line, []byte("[<-] ")) && replyShaped(line[5:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &ssmtpDecoder{} },
}

type ssmtpDecoder struct {
	hello  bool // the last command was EHLO
	prompt bool // the last reply was a 334
}

func (d *ssmtpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	mark := min(5, len(text))
	switch {
	case bytes.HasPrefix(text, []byte("[->]")):
		l := raw.Line(transcripts.Client, 0, mark)
		d.hello = bytes.HasPrefix(l.Text, []byte("EHLO "))
		d.prompt = false
		emit(&l)
	case bytes.HasPrefix(text, []byte("[<-]")):
		l := raw.Line(transcripts.Server, 0, mark)
		if d.hello || d.prompt { // keywords are missing, or the password was sent
			emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, Span: raw.Span.Part(0, mark)})
		}
		d.hello, d.prompt = false, bytes.HasPrefix(l.Text, []byte("334"))
		emit(&l)
	case len(text) == 0:
	case bytes.HasSuffix(text, []byte(")")) && bytes.Contains(text, []byte(" (")):
		l := raw.Remark(transcripts.Refused, 0)
		emit(&l)
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.ClientClosed, Span: l.Span})
	default:
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	}
}
