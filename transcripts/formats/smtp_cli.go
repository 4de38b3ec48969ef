package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// smtp-cli writes the code of a reply in brackets and its text in quotes;
// whether the reply goes on is not shown. Content is not shown.
var smtpCLI = &transcripts.Format{
	Name:     "smtp-cli",
	Programs: "smtp-cli 3.10 (--verbose)",
	Record:   "smtp-cli --verbose --server HOST --to ADDRESS > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets | transcripts.Secrets | transcripts.Outcome | transcripts.Security,
	First: "[",
	Sign: func(line []byte) int {
		if smtpCLIReply(line) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &smtpCLIDecoder{} },
}

// smtpCLIReply recognises "[250] 'text'".
func smtpCLIReply(line []byte) bool {
	return len(line) >= 8 && line[0] == '[' && replyShaped(line[1:4]) && bytes.HasPrefix(line[4:], []byte("] '")) && line[len(line)-1] == '\''
}

type smtpCLIDecoder struct{ reply openReply }

func (d *smtpCLIDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	if smtpCLIReply(text) {
		l := raw.Line(transcripts.Server, 0, 7)
		l.Span.Length--
		d.reply.next(&l, text[1:4], text[7:len(text)-1], emit)
		return
	}
	d.reply.end(emit)
	var l transcripts.Line
	switch {
	case bytes.HasPrefix(text, []byte("> ")):
		l = raw.Line(transcripts.Client, 0, 2)
	case len(text) == 0:
		return
	case bytes.HasPrefix(text, []byte("Connection from ")):
		l = raw.Remark(transcripts.Opened, 0)
	case bytes.HasPrefix(text, []byte("Using cipher: ")):
		l = raw.Remark(transcripts.Secured, 0)
	default:
		l = raw.Remark(transcripts.Comment, 0)
	}
	emit(&l)
	if l.From == transcripts.Recorder && l.Note == transcripts.Opened {
		emitPort(raw, text, emit)
	}
}

func (d *smtpCLIDecoder) Flush(emit func(*transcripts.Line)) { d.reply.end(emit) }
