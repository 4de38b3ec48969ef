package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// sendEmail -v -v puts the lines of a reply on one, with ", " in between. It
// does not show content, nor the QUIT that follows success. The time, the
// host and the process that it writes before each line are taken off like
// those of a log daemon.
var sendemail = &transcripts.Format{
	Name:     "sendemail",
	Programs: "sendEmail 1.56 (-v -v)",
	Record:   "sendemail -v -v -s HOST -f FROM -t TO < text > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock | transcripts.Outcome | transcripts.Security,
	First: "ISWE",
	Sign: func(line []byte) int {
		if k, n := sendemailSaid(line); n > 0 && (k.from == transcripts.Client || replyShaped(line[n:])) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &sendemailDecoder{} },
}

type sendemailKind struct {
	mark    string
	from    transcripts.Party
	verdict transcripts.Verdict
}

var sendemailMarks = []sendemailKind{
	{"INFO => Sending: \t", transcripts.Client, transcripts.Unjudged},
	{"SUCCESS => Received: \t", transcripts.Server, transcripts.TakenForSuccess},
	{"WARNING => Received: \t", transcripts.Server, transcripts.TakenForFailure},
	{"ERROR => Received: \t", transcripts.Server, transcripts.TakenForFailure},
}

func sendemailSaid(line []byte) (sendemailKind, int) {
	for _, k := range sendemailMarks {
		if bytes.HasPrefix(line, []byte(k.mark)) {
			return k, len(k.mark)
		}
	}
	return sendemailKind{}, 0
}

type sendemailDecoder struct{}

func (d *sendemailDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	k, n := sendemailSaid(raw.Text)
	if n == 0 {
		d.remark(raw, emit)
		return
	}
	l := raw.Line(k.from, 0, n)
	rest := l.Text
	for k.from == transcripts.Server && len(rest) > 3 && rest[3] == '-' {
		first, next := joinedReply(rest)
		if next == 0 {
			break
		}
		l.Text, l.Span.Length = rest[:first], uint32(n+first)
		emit(&l)
		n += next
		rest = rest[next:]
		l.Span = raw.Span.Part(n, len(rest))
		n = 0
	}
	l.Text, l.Verdict = rest, k.verdict
	emit(&l)
}

// joinedReply finds where the first line of a joined reply ends and where the
// next begins: behind ", ", with its code again.
func joinedReply(text []byte) (end, next int) {
	for from := 4; ; {
		n := bytes.Index(text[from:], []byte(", "))
		if n < 0 {
			return 0, 0
		}
		end, next = from+n, from+n+2
		if rest := text[next:]; len(rest) >= 3 && bytes.Equal(rest[:3], text[:3]) && (len(rest) == 3 || rest[3] == '-' || rest[3] == ' ') {
			return end, next
		}
		from = next
	}
}

func (d *sendemailDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	l := raw.Remark(transcripts.Comment, 0)
	switch {
	case len(text) == 0,
		bytes.HasPrefix(text, []byte("DEBUG => Assigned ")), // options, among them the password
		bytes.HasPrefix(text, []byte("DEBUG => evalSMTPresponse() - ")):
		return
	case bytes.HasPrefix(text, []byte("DEBUG => Connecting to ")):
		l.Note = transcripts.Opened
	case bytes.HasPrefix(text, []byte("DEBUG => TLS session initialized")):
		l.Note = transcripts.Secured
	case bytes.HasPrefix(text, []byte("INFO => Sending message body")):
		l.Note = transcripts.ContentLeftOut
	case bytes.HasSuffix(text, []byte(" returned a zero byte response to our query.")):
		l.Note = transcripts.ServerClosed
	case bytes.HasPrefix(text, []byte("ERROR => ")):
		l.Note = transcripts.ClientClosed
	case bytes.HasPrefix(text, []byte("Email was sent successfully!")):
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, Span: raw.Span.Part(0, 0)})
		l.Note = transcripts.Closed
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		emitPort(raw, text, emit)
	}
}
