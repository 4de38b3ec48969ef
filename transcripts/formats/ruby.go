package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Ruby's Net::SMTP writes what it reads after "->" and what it sends after
// "<-", in quotes with line ends and all. Of content it gives the size.
var ruby = &transcripts.Format{
	Name:     "ruby",
	Programs: "Ruby net-smtp 0.3 (Ruby 3.1)",
	Record:   "Net::SMTP#set_debug_output($stderr), with stderr in session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets | transcripts.Security,
	First: "<-",
	Sign: func(line []byte) int {
		who, ok := rubySaid(line)
		if !ok {
			return 0
		}
		said := bytes.TrimSuffix(line[4:], []byte(`\r\n"`))
		if who == transcripts.Server && replyShaped(said) || who == transcripts.Client && transcripts.LooksLikeCommand(said) {
			return transcripts.Strong
		}
		return 0 // Net::HTTP has the same arrows
	},
	New: func([]byte) transcripts.Decoder { return &rubyDecoder{} },
}

func rubySaid(line []byte) (transcripts.Party, bool) {
	switch {
	case bytes.HasPrefix(line, []byte(`-> "`)):
		return transcripts.Server, true
	case bytes.HasPrefix(line, []byte(`<- "`)):
		return transcripts.Client, true
	}
	return 0, false
}

type rubyDecoder struct{ repr repr }

// TakesComments implements transcripts.Commenter.
func (d *rubyDecoder) TakesComments() bool { return true }

func (d *rubyDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	if who, ok := rubySaid(text); ok {
		d.repr.begin(who, '"', raw.Span.Part(0, 0))
		d.repr.feed(text[4:], raw.Span.Part(4, 0), emit)
		d.repr.end(emit)
		return
	}
	l := raw.Remark(transcripts.Comment, 0)
	switch {
	case len(text) == 0, bytes.HasPrefix(text, []byte("wrote ")):
		return
	case bytes.HasPrefix(text, []byte("Connection opened: ")):
		l.Note = transcripts.Opened
	case bytes.HasPrefix(text, []byte("Connection closed")):
		l.Note = transcripts.Closed
	case bytes.HasPrefix(text, []byte("TLS connection started")):
		l.Note = transcripts.Secured
	case bytes.HasPrefix(text, []byte("writing message from ")):
		l.Note = transcripts.ContentLeftOut
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		emitPort(raw, text, emit)
	}
}
