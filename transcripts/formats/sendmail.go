package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// sendmail -v prints replies as they are and commands behind an arrow.
// Content is left out, its last period is not.
var sendmailV = &transcripts.Format{
	Name:     "sendmail-v",
	Programs: "sendmail 8.17 (-v)",
	Record:   "sendmail -v -q > session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets | transcripts.Outcome,
	Sign: func(line []byte) int {
		switch {
		case sendmailSays(line) == transcripts.Opened:
			return transcripts.Strong
		case bytes.HasPrefix(line, []byte(sendmailArrow)) && transcripts.LooksLikeCommand(line[len(sendmailArrow):]):
			return transcripts.Medium
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return sendmailVDecoder{} },
}

const sendmailArrow = ">>> "

// sendmailSays tells what a line says of a delivery: "ADDRESS... OUTCOME".
func sendmailSays(line []byte) transcripts.Note {
	_, said, _ := bytes.Cut(line, []byte("... "))
	switch {
	case bytes.HasPrefix(said, []byte("Connecting to ")) && bytes.HasSuffix(said, []byte("...")):
		return transcripts.Opened
	case bytes.HasPrefix(said, []byte("Sent (")):
		return transcripts.Welcomed
	case bytes.HasPrefix(said, []byte("Deferred: ")):
		return transcripts.Refused
	}
	return transcripts.Comment
}

type sendmailVDecoder struct{}

func (sendmailVDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	var l transcripts.Line
	switch {
	case bytes.HasPrefix(text, []byte("050 ")):
		return // what the server says, behind VERB, of the connections that it makes itself
	case bytes.HasPrefix(text, []byte(sendmailArrow)):
		l = raw.Line(transcripts.Client, 0, len(sendmailArrow))
	case replyShaped(text):
		l = raw.Line(transcripts.Server, 0, 0)
	case bytes.Contains(text, []byte("... ")):
		l = raw.Remark(sendmailSays(text), 0)
	default:
		return
	}
	emit(&l)
}
