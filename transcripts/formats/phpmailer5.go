package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// PHPMailer 5.0 to 5.2.7 writes "SMTP -> FROM SERVER:" and, in its last
// versions only, "CLIENT -> SMTP:". The octets follow with their line ends,
// and the "<br />" that ends an entry stands before the next one.
var phpmailer5 = &transcripts.Format{
	Name:     "phpmailer5",
	Programs: "PHPMailer 5.1.0, 5.2.6 (SMTPDebug 1 to 4)",
	Record:   "$mail->SMTPDebug = 2;",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets | transcripts.Outcome,
	First: "<SC",
	Sign: func(line []byte) int {
		line = line[php5Mark(line):]
		if bytes.HasPrefix(line, []byte(php5Server)) || bytes.HasPrefix(line, []byte(php5Client)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &php5Decoder{who: transcripts.Recorder} },
}

const (
	php5Server = "SMTP -> FROM SERVER:"
	php5Client = "CLIENT -> SMTP: "
	php5Error  = "SMTP -> ERROR: "
	php5Lines  = "SMTP -> get_lines():"
	php5Notice = "SMTP -> NOTICE: EOF caught"
)

// php5Mark returns where an entry begins on a line.
func php5Mark(line []byte) int {
	if bytes.HasPrefix(line, []byte("<br />")) {
		return len("<br />")
	}
	return 0
}

type php5Decoder struct {
	ends   ends
	who    transcripts.Party // whose text may go on
	quoted bool              // in the quotes of a get_lines entry
}

func (d *php5Decoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	mark := php5Mark(raw.Text)
	text := raw.Text[mark:]
	if d.quoted {
		d.quoted = string(text) != `"`
		return
	}
	switch {
	case bytes.HasPrefix(text, []byte(php5Server)):
		n := len(php5Server)
		if n < len(text) && text[n] == ' ' {
			n++
		}
		d.who = transcripts.Server
		if n == len(text) {
			return // the connection was lost
		}
		l := raw.Line(transcripts.Server, mark, mark+n)
		unglue(l.Text, func(line []byte, glued bool) {
			l.Text = line
			if glued {
				emit(&l)
			}
		})
		d.said(raw, l, emit)
	case bytes.HasPrefix(text, []byte(php5Client)):
		d.who = transcripts.Client
		d.said(raw, raw.Line(transcripts.Client, mark, mark+len(php5Client)), emit)
	case bytes.HasPrefix(text, []byte(php5Lines)):
		d.who = transcripts.Recorder
		d.quoted = bytes.Count(text, []byte{'"'}) == 1
	case len(text) == 0:
		d.who = transcripts.Recorder
	case mark == 0 && d.who != transcripts.Recorder && !bytes.HasPrefix(text, []byte("SMTP -> ")):
		d.said(raw, raw.Line(d.who, 0, 0), emit)
	default:
		d.who = transcripts.Recorder
		l := raw.Remark(transcripts.Comment, mark)
		switch {
		case bytes.HasPrefix(text, []byte(php5Error)):
			l.Note = transcripts.Refused
		case bytes.HasPrefix(text, []byte(php5Notice)):
			l.Note = transcripts.ServerClosed
		}
		emit(&l)
	}
}

func (d *php5Decoder) said(raw *transcripts.Raw, l transcripts.Line, emit func(*transcripts.Line)) {
	d.ends.of(raw, &l)
	emit(&l)
	if l.From == transcripts.Server && !goesOn(l.Text) {
		d.who = transcripts.Recorder
	}
}
