package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// s-nail -vv writes its name and ">>>" before every line, and "SERVER:" before
// replies. Content is shown as it was before periods were doubled, without
// control characters.
var sNail = &transcripts.Format{
	Name:     "s-nail",
	Programs: "s-nail 14.9.24 (-vv), also as mail or mailx",
	Record:   "s-nail -vv -s SUBJECT ADDRESS < text > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Secrets | transcripts.Outcome | transcripts.Security,
	Holds: ":>",
	Sign: func(line []byte) int {
		if who, n := sNailSaid(line); n > 0 && (who == transcripts.Client || replyShaped(line[n:])) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &sNailDecoder{} },
}

// sNailSaid returns who speaks on a line and where the text begins; 0 where
// the program itself does.
func sNailSaid(line []byte) (transcripts.Party, int) {
	n := wordEnd(line) // the program's name
	if n < 2 || line[n-1] != ':' || !bytes.HasPrefix(line[n:], []byte(" >>>")) {
		return 0, 0
	}
	n = min(n+len(" >>> "), len(line))
	if bytes.HasPrefix(line[n:], []byte("SERVER: ")) {
		return transcripts.Server, n + len("SERVER: ")
	}
	return transcripts.Client, n
}

type sNailDecoder struct{ content unstuffed }

func (d *sNailDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	who, n := sNailSaid(raw.Text)
	l := raw.Line(who, 0, n)
	switch {
	case n == 0:
		d.remark(raw, emit)
	case who == transcripts.Server:
		d.content.end(emit)
		d.content.on = bytes.HasPrefix(l.Text, []byte("354"))
		emit(&l)
	case d.content.on:
		d.content.text(&l, emit)
	default:
		emit(&l)
	}
}

func (d *sNailDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	_, said, _ := bytes.Cut(raw.Text, []byte(": "))
	l := raw.Remark(transcripts.Comment, 0)
	switch {
	case len(said) == 0, bytes.HasPrefix(said, []byte("Credentials: ")): // with the password
		return
	case bytes.HasPrefix(said, []byte("Connecting to ")):
		l.Note = transcripts.Opened
	case bytes.HasPrefix(said, []byte("TLS connection using ")):
		l.Note = transcripts.Secured
	case bytes.HasPrefix(said, []byte("SMTP server: ")):
		l.Note = transcripts.Refused
	case bytes.HasPrefix(said, []byte("Unexpected EOF on SMTP connection")):
		l.Note = transcripts.ServerClosed
	case bytes.HasPrefix(said, []byte("... message not sent")):
		l.Note = transcripts.ClientClosed
	}
	d.content.end(emit)
	emit(&l)
	if l.Note == transcripts.Opened {
		peer, _, _ := bytes.Cut(raw.Text, []byte(" ... "))
		emitPort(raw, peer, emit)
	}
}
