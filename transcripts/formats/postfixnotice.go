package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Postfix mails the postmaster a transcript of a session with errors: "Out: "
// before what it sent, "In:  " before what it received, long lines folded. Of
// content it shows nothing, and of a very long session only its end.
var postfixNotice = &transcripts.Format{
	Name:     "postfix-notice",
	Programs: "Postfix 3.7 smtpd and smtp (notify_classes)",
	Record:   "notify_classes = protocol, resource, software, policy, 2bounce in main.cf, and the mail to postmaster",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Secrets,
	First: " ST",
	Sign: func(line []byte) int {
		switch _, n := noticeMark(line); {
		case n > 0, bytes.HasPrefix(line, []byte("Subject: Postfix SMTP ")):
			return transcripts.Strong
		case string(line) == noticeBegins:
			return transcripts.Medium
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &noticeDecoder{} },
}

const noticeBegins = "Transcript of session follows."

// noticeMark finds the mark of a line, "<" for received and ">" for sent, and
// where the text begins; 0 where there is none.
func noticeMark(line []byte) (mark byte, text int) {
	switch {
	case bytes.HasPrefix(line, []byte(" Out: ")):
		return '>', 6
	case bytes.HasPrefix(line, []byte(" In:  ")):
		return '<', 6
	case string(line) == " Out:":
		return '>', len(line)
	case string(line) == " In:":
		return '<', len(line)
	}
	return 0, 0
}

type noticeDecoder struct {
	inside bool // a transcript
	begun  bool // it has shown a line
	role   role
	held   transcripts.Line // a line that may be folded
	text   []byte
}

const folded = "     " // before the rest of a folded line

func (d *noticeDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	if d.inside && d.held.Span.Known() && bytes.HasPrefix(text, []byte(folded)) {
		if len(d.text) < longestWireLine {
			d.text = append(append(d.text, ' '), text[len(folded):]...)
		}
		return
	}
	d.Flush(emit)
	switch {
	case string(text) == noticeBegins:
		d.inside, d.begun = true, false
		l := raw.Remark(transcripts.Opened, 0)
		emit(&l)
	case bytes.HasPrefix(text, []byte("Unexpected response from ")):
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	case !d.inside:
	case bytes.HasPrefix(text, []byte("Session aborted, reason: ")):
		note := transcripts.Closed
		if bytes.HasSuffix(text, []byte(" lost connection")) && d.role.server {
			note = transcripts.ClientClosed
		}
		l := raw.Remark(note, 0)
		emit(&l)
	case bytes.HasPrefix(text, []byte("For other details, see ")):
		d.inside = false // the notice is written once the session is over
		l := raw.Remark(transcripts.Closed, 0)
		emit(&l)
	default:
		if mark, n := noticeMark(text); n > 0 {
			d.said(raw, mark, n, emit)
		}
	}
}

// said takes a line of the conversation, which may go on in the next one.
func (d *noticeDecoder) said(raw *transcripts.Raw, mark byte, n int, emit func(*transcripts.Line)) {
	if !d.begun {
		d.begun = true
		d.role.server = replyShaped(raw.Text[n:]) == (mark == '>')
		if d.role.server {
			emitProves(raw, nil, postfixNotice.Proves&^transcripts.Reaction, emit)
		}
	}
	d.held = raw.Line(d.role.party(mark == '>'), 0, n)
	d.text = append(d.text[:0], d.held.Text...)
}

// Flush hands out a line once it is known to be whole.
func (d *noticeDecoder) Flush(emit func(*transcripts.Line)) {
	if d.held.Span.Known() {
		d.held.Text = d.text
		emit(&d.held)
		d.held = transcripts.Line{}
	}
}
