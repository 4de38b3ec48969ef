package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Postfix's black hole writes the commands of its clients among words of its
// library. Replies and content are left out.
var smtpSink = &transcripts.Format{
	Name:     "smtp-sink",
	Programs: "smtp-sink of Postfix 3.7 (-v)",
	Record:   "smtp-sink -v :2525 100 2> session.log",
	Captured: true,
	Proves:   transcripts.Closing | transcripts.Secrets,
	First:    "s",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte(smtpSinkName)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return smtpSinkDecoder{} },
}

const smtpSinkName = "smtp-sink: "

type smtpSinkDecoder struct{}

func (smtpSinkDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text, ok := bytes.CutPrefix(raw.Text, []byte(smtpSinkName))
	n := len(smtpSinkName)
	var l transcripts.Line
	switch {
	case !ok:
		return
	case bytes.HasPrefix(text, []byte("connect (")):
		l = raw.Remark(transcripts.Opened, n)
	case string(text) == "disconnect":
		l = raw.Remark(transcripts.Closed, n)
	case smtpSinkChatter(text):
		return
	default:
		l = raw.Line(transcripts.Client, n, n)
	}
	emit(&l)
}

// smtpSinkChatter recognises the words of the library: a name, then a colon,
// an equals sign or dots.
func smtpSinkChatter(text []byte) bool {
	for i, c := range text {
		switch {
		case 'a' <= c && c <= 'z', c == '_':
		case c == ':', c == '=', c == '.':
			return i > 0
		default:
			return false
		}
	}
	return false
}
