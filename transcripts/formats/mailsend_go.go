package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// mailsend-go looks at a server without sending mail. It writes a hyphen
// behind the code of every line but the greeting's, and leaves out the reply
// to its HELO.
var mailsendGo = &transcripts.Format{
	Name:     "mailsend-go",
	Programs: "mailsend-go 1.0 (-info)",
	Record:   "mailsend-go -info -smtp HOST -port PORT > session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets,
	First: "[",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("[C] ")) || bytes.HasPrefix(line, []byte("[S] ")) && replyShaped(line[4:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &mailsendDecoder{} },
}

type mailsendDecoder struct{ reply openReply }

func (d *mailsendDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	if bytes.HasPrefix(text, []byte("[S] ")) && replyShaped(text[4:]) {
		l := raw.Line(transcripts.Server, 0, 4)
		d.reply.next(&l, text[4:7], text[min(8, len(text)):], emit)
		return
	}
	d.reply.end(emit)
	var l transcripts.Line
	switch {
	case len(text) == 0:
		return
	case bytes.HasPrefix(text, []byte("[C] HELO ")):
		l = raw.Remark(transcripts.LeftOut, 0)
	case bytes.HasPrefix(text, []byte("[C] ")):
		l = raw.Line(transcripts.Client, 0, 4)
	default:
		l = raw.Remark(transcripts.Comment, 0)
	}
	emit(&l)
}

func (d *mailsendDecoder) Flush(emit func(*transcripts.Line)) { d.reply.end(emit) }
