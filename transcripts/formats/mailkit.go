package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// MailKit's ProtocolLogger copies every line with its line end behind "C:" or
// "S:", and a time before that if it is told to.
var mailkit = &transcripts.Format{
	Name:     "mailkit",
	Programs: "MailKit 2 to 4 (ProtocolLogger, .NET)",
	Record:   "new SmtpClient(new ProtocolLogger(\"session.log\"))",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock,
	Sign: func(line []byte) int {
		_, n := stamp(line)
		switch line = line[n:]; {
		case bytes.HasPrefix(line, []byte(mailkitOpens)):
			return transcripts.Certain
		case bytes.HasPrefix(line, []byte("S: ")) && replyShaped(line[3:]), bytes.HasPrefix(line, []byte("C: ")):
			return transcripts.Weak
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &mailkitDecoder{} },
}

const mailkitOpens = "Connected to smtp" // "smtp://host:25/" or "smtps://..."

type mailkitDecoder struct{ ends ends }

// TakesComments implements transcripts.Commenter.
func (d *mailkitDecoder) TakesComments() bool { return true }

func (d *mailkitDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, n := stamp(raw.Text)
	var l transcripts.Line
	switch text := raw.Text[n:]; {
	case bytes.HasPrefix(text, []byte("C: ")):
		l = raw.Line(transcripts.Client, n, n+3)
		d.ends.of(raw, &l)
	case bytes.HasPrefix(text, []byte("S: ")):
		l = raw.Line(transcripts.Server, n, n+3)
		d.ends.of(raw, &l)
	case bytes.HasPrefix(text, []byte(mailkitOpens)):
		d.opened(raw, n, emit)
		return
	case len(text) == 0:
		return
	default:
		l = raw.Remark(transcripts.Comment, n)
	}
	l.At = at
	emit(&l)
}

// opened takes the address of the server: "smtps" is TLS from the start.
func (d *mailkitDecoder) opened(raw *transcripts.Raw, n int, emit func(*transcripts.Line)) {
	l := raw.Remark(transcripts.Opened, n)
	emit(&l)
	scheme, rest, _ := bytes.Cut(raw.Text, []byte("://"))
	authority, _, _ := bytes.Cut(rest, []byte{'/'})
	emitPort(raw, raw.Text[:len(raw.Text)-len(rest)+len(authority)], emit)
	if bytes.HasSuffix(scheme, []byte("smtps")) {
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Span: l.Span})
	}
}
