package formats

import (
	"bytes"
	"html"

	"github.com/smtplint/smtplint/transcripts"
)

// Swift Mailer's logger marks the first line of each entry. Entries keep their
// CRLF and are followed by a newline of the logger's own. Content is not
// shown, but the line end and the period behind it are. Other programs have the
// same marks, and show it.
var swift = &transcripts.Format{
	Name:     "swift",
	Programs: "Swift Mailer 6.3 (LoggerPlugin with ArrayLogger; with EchoLogger, also as HTML)",
	Record:   "$mailer->registerPlugin(new Swift_Plugins_LoggerPlugin(new Swift_Plugins_Loggers_EchoLogger(false)))",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets | transcripts.Outcome,
	First: "+<>&",
	Sign: func(line []byte) int {
		switch {
		case bytes.HasPrefix(line, []byte("++ ")) && bytes.Contains(line, []byte("Swift_")),
			bytes.HasPrefix(line, []byte("<< ")) && replyShaped(line[3:]):
			return transcripts.Strong
		case bytes.HasPrefix(line, []byte("&lt;&lt; ")) && replyShaped(line[9:]):
			return transcripts.Strong
		case bytes.HasPrefix(line, []byte(">> ")), bytes.HasPrefix(line, []byte("&gt;&gt; ")):
			return transcripts.Medium
		}
		return 0
	},
	New: func(head []byte) transcripts.Decoder {
		return &swiftDecoder{who: transcripts.Recorder, html: bytes.Contains(head, swiftBreak)}
	},
}

// swiftBreak is behind each entry of an EchoLogger for web pages, and what
// entries say is escaped.
var swiftBreak = []byte("<br />")

type swiftDecoder struct {
	html  bool
	ends  ends
	who   transcripts.Party // whose entry may go on
	asked bool              // the last reply was a 354
	more  bool              // the last line of a reply was not its last
}

func (d *swiftDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	if d.html {
		said := *raw
		said.Text = bytes.TrimSuffix(raw.Text, swiftBreak)
		if bytes.IndexByte(said.Text, '&') >= 0 {
			said.Text = []byte(html.UnescapeString(string(said.Text)))
		}
		raw = &said
	}
	text := raw.Text
	mark := min(3, len(text))
	switch {
	case bytes.HasPrefix(text, []byte(">> ")), string(text) == ">>":
		d.who = transcripts.Client
		asked := d.asked
		d.asked = false
		if asked && len(bytes.TrimRight(text[mark:], "\r")) == 0 {
			l := raw.Remark(transcripts.ContentLeftOut, 0)
			l.Text = nil
			emit(&l)
			return
		}
		d.said(raw, mark, emit)
	case bytes.HasPrefix(text, []byte("<< ")):
		d.who = transcripts.Server
		d.asked = bytes.HasPrefix(text[mark:], []byte("354"))
		d.more = goesOn(text[mark:])
		d.said(raw, mark, emit)
	case bytes.HasPrefix(text, []byte("++ ")), bytes.HasPrefix(text, []byte("!! ")):
		d.who = transcripts.Recorder
		d.ends.own(raw)
		l := raw.Remark(swiftNote(text), 0)
		emit(&l)
	case len(text) == 0:
		d.who = transcripts.Recorder
	case d.who == transcripts.Server && !d.more: // the reply is complete
		d.who = transcripts.Recorder
	case d.who != transcripts.Recorder:
		d.more = goesOn(text)
		d.said(raw, 0, emit)
	}
}

func (d *swiftDecoder) said(raw *transcripts.Raw, mark int, emit func(*transcripts.Line)) {
	l := raw.Line(d.who, 0, mark)
	d.ends.of(raw, &l)
	emit(&l)
}

func swiftNote(text []byte) transcripts.Note {
	switch {
	case bytes.HasPrefix(text, []byte("++ Starting ")):
		return transcripts.Opened
	case bytes.HasPrefix(text, []byte("++ ")) && bytes.HasSuffix(text, []byte(" stopped")):
		return transcripts.Closed
	case bytes.HasPrefix(text, []byte("!! Expected response code ")):
		return transcripts.Refused
	}
	return transcripts.Comment
}
