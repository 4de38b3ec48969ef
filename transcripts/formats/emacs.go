package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Emacs' smtpmail keeps the octets in a buffer, without EHLO and STARTTLS, and
// message content as it was before periods were doubled.
var emacs = &transcripts.Format{
	Name:     "emacs",
	Programs: "Emacs 28.2 smtpmail (smtpmail-debug-info)",
	Record:   "(setq smtpmail-debug-info t), then save the buffer *trace of SMTP session to HOST*",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets |
		transcripts.Secrets,
	First: ";P",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte(emacsBuffer)) || bytes.HasPrefix(line, []byte(emacsProcess)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &emacsDecoder{} },
}

const (
	emacsBuffer  = ";;; buffer *trace of SMTP session"
	emacsProcess = "Process smtpmail "
)

type emacsDecoder struct{ bare bareDecoder }

func (d *emacsDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	note := transcripts.Comment
	switch text := raw.Text; {
	case bytes.HasPrefix(text, []byte(emacsBuffer)):
		note = transcripts.Opened
	case raw.EOL != transcripts.CRLF && bytes.HasPrefix(text, []byte(emacsProcess)):
		note = transcripts.Closed
		switch {
		case bytes.HasSuffix(text, []byte("by remote peer")):
			note = transcripts.ServerClosed
		case bytes.HasSuffix(text, []byte("deleted")):
			note = transcripts.ClientClosed
		}
	case raw.EOL != transcripts.CRLF && len(text) == 0:
		return
	default:
		d.bare.Decode(raw, emit)
		return
	}
	d.bare = bareDecoder{}
	l := raw.Remark(note, 0)
	emit(&l)
}
