package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Postfix's load generator writes replies behind an arrow, and commands bare
// among words of its library. Content is left out, its last period is not.
var smtpSource = &transcripts.Format{
	Name:     "smtp-source",
	Programs: "smtp-source of Postfix 3.7 (-v)",
	Record:   "smtp-source -v -f FROM -t TO HOST 2> session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Outcome,
	Holds: "-:",
	Sign: func(line []byte) int {
		if smtpSourceText(line) > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return smtpSourceDecoder{} },
}

// smtpSourceText returns where the text begins behind the program's name and,
// with -c, a counter of messages that shares its line; 0 where there is none.
func smtpSourceText(line []byte) int {
	const name = "smtp-source: "
	n := 0
	for n < len(line) && n < 12 && (isDigit(line[n]) || line[n] == '\r') {
		n++
	}
	if bytes.HasPrefix(line[n:], []byte(name)) {
		return n + len(name)
	}
	return 0
}

type smtpSourceDecoder struct{}

func (smtpSourceDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	n := smtpSourceText(raw.Text)
	text := raw.Text[n:]
	var l transcripts.Line
	switch {
	case n == 0:
		return
	case bytes.HasPrefix(text, []byte("<<< ")):
		l = raw.Line(transcripts.Server, n, n+4)
	case bytes.HasPrefix(text, []byte("fatal: ")):
		l = raw.Remark(transcripts.Refused, n)
	case toolCommand(text):
		l = raw.Line(transcripts.Client, n, n)
	default:
		return
	}
	emit(&l)
}

// toolCommand tells a command of Postfix's tools from words of their library:
// it is a lone period or begins with a verb in capitals.
func toolCommand(text []byte) bool {
	if len(text) < 4 {
		return string(text) == "."
	}
	for _, c := range text[:4] {
		if c < 'A' || 'Z' < c {
			return false
		}
	}
	return len(text) == 4 || text[4] == ' '
}
