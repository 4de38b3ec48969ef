package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// msmtp --debug lists its settings, then copies every line with its CR behind
// an arrow.
var msmtp = &transcripts.Format{
	Name:     "msmtp",
	Programs: "msmtp 1.8.23 (--debug)",
	Record:   "msmtp --debug ADDRESS < message > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets | transcripts.Security,
	First: "<-",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("<-- ")) && replyShaped(line[4:]) || bytes.HasPrefix(line, []byte("--> ")) && !replyShaped(line[4:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &msmtpDecoder{} },
}

type msmtpDecoder struct {
	ends  ends
	asked bool // STARTTLS was the last command
	ready bool // and 220 the reply to it: msmtp goes on inside TLS or not at all
}

// TakesComments implements transcripts.Commenter.
func (d *msmtpDecoder) TakesComments() bool { return true }

func (d *msmtpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	var l transcripts.Line
	switch {
	case bytes.HasPrefix(text, []byte("--> ")):
		l = raw.Line(transcripts.Client, 0, 4)
		d.ends.of(raw, &l)
		if d.ready { // --serverinfo describes the session at its end only
			emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Span: raw.Span.Part(0, 4)})
		}
		d.asked, d.ready = string(l.Text) == "STARTTLS", false
	case bytes.HasPrefix(text, []byte("<-- ")):
		l = raw.Line(transcripts.Server, 0, 4)
		d.ends.of(raw, &l)
		d.ready = d.asked && bytes.HasPrefix(l.Text, []byte("220"))
	default:
		d.ends.own(raw)
		note, ok := msmtpNote(text)
		if !ok {
			return
		}
		d.ready = d.ready && note != transcripts.Secured
		l = raw.Remark(note, 0)
	}
	emit(&l)
}

// msmtpNote tells what a line of msmtp's own says. Settings are left out: a
// passwordeval may hold the password.
func msmtpNote(text []byte) (transcripts.Note, bool) {
	switch {
	case len(text) == 0, text[0] == ' ', bytes.Contains(text, []byte(" = ")):
		return 0, false
	case bytes.HasPrefix(text, []byte("using account ")), bytes.HasPrefix(text, []byte("loaded ")):
		return transcripts.Opened, true
	case bytes.HasPrefix(text, []byte("TLS session parameters:")), bytes.HasPrefix(text, []byte("TLS certificate information:")):
		return transcripts.Secured, true
	}
	return transcripts.Comment, true
}
