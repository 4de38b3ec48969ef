package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Thunderbird writes to its console, in the quotes of JavaScript, a command in
// each entry and as much of a reply as it has read. Content is left out.
var thunderbird = &transcripts.Format{
	Name:     "thunderbird",
	Programs: "Thunderbird 153 (mailnews.smtp.loglevel)",
	Record:   "set mailnews.smtp.loglevel to All and devtools.console.stdout.chrome to true, then: thunderbird > session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets | transcripts.Outcome,
	Holds: ".:\"",
	Sign: func(line []byte) int {
		if n := thunderbirdSaid(line); n > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &thunderbirdDecoder{} },
}

// thunderbirdSaid returns where the text begins behind `mailnews.smtp: "`; 0
// where there is none.
func thunderbirdSaid(line []byte) int {
	const name = `mailnews.smtp: "`
	n := bytes.Index(line[:min(len(line), 60)], []byte(name))
	if n < 0 {
		return 0
	}
	return n + len(name)
}

type thunderbirdDecoder struct {
	reply    repr // a read may end within a line
	quoted   repr
	greeted  bool // since a connection was opened
	prompted bool // the last reply was a 334
}

func (d *thunderbirdDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	n := thunderbirdSaid(raw.Text)
	if n == 0 {
		return
	}
	text := raw.Text[n:]
	if !roleMark(text) {
		d.remark(raw, n, emit)
		return
	}
	text, n = text[3:], n+3
	if raw.Text[n-3] == 'S' {
		d.greeted = true
		r := &d.reply
		r.goOn('"', raw.Span)
		r.who = transcripts.Server
		r.feed(text, raw.Span.Part(n, 0), func(l *transcripts.Line) {
			d.prompted = bytes.HasPrefix(l.Text, []byte("334"))
			if l.Span.Line < raw.Span.Line { // it was begun in another entry
				l.Span = raw.Span
			}
			emit(l)
		})
		return
	}
	if bytes.HasPrefix(text, []byte("Logging suppressed ")) {
		l := raw.Line(transcripts.Client, 0, n)
		l.Text = hiddenAuth(d.prompted)
		emit(&l)
		return
	}
	r := &d.quoted
	r.begin(transcripts.Client, '"', raw.Span)
	r.all(text, raw.Span.Part(n, 0), func(l *transcripts.Line) {
		l.EOL = transcripts.EOLUnknown
		emit(l)
	})
}

func (d *thunderbirdDecoder) remark(raw *transcripts.Raw, n int, emit func(*transcripts.Line)) {
	said := d.quoted.whole(raw.Text[n:], '"')
	l := raw.Remark(transcripts.Comment, n)
	l.Text = said
	switch {
	case bytes.HasPrefix(said, []byte("Connecting to ")):
		l.Note, d.greeted = transcripts.Opened, false
	case bytes.HasPrefix(said, []byte("Sending ")) && bytes.HasSuffix(said, []byte(" bytes of payload")):
		l.Note = transcripts.ContentLeftOut
	case string(said) == "Message sent successfully.":
		l.Note = transcripts.Welcomed
	case bytes.HasPrefix(said, []byte("Command failed: ")):
		l.Note = transcripts.Refused
	case bytes.HasPrefix(said, []byte("Closing connection to ")):
		l.Note = transcripts.ClientClosed
	case string(said) == "Socket closed.":
		if !d.greeted {
			return // the socket of the session before
		}
		l.Note = transcripts.Closed
	case string(said) == "Retry send on new connection.", string(said) == "Message sending failed.":
	default:
		return
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		d.reply = repr{}
		if p := bytes.LastIndexByte(said, ':'); p > 0 {
			emitFact(raw, nil, "port: "+string(said[p+1:]), emit)
		}
	}
}
