package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Symfony Mailer marks lines with ">" and "<" as others do; what tells it from
// them is that replies keep their CR and commands do not. Content is not shown.
var symfony = &transcripts.Format{
	Name:     "symfony",
	Programs: "Symfony Mailer 5.4.53; since 6.4 with a time before each line",
	Record:   "$sentMessage->getDebug(), or getDebug() of a TransportException",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock,
	Sign: func([]byte) int { return 0 }, // anybody writes such arrows
	Shape: func(lines [][]byte) int {
		var sent, read bool
		for _, line := range lines {
			cr := len(withoutCR(line)) < len(line)
			switch {
			case bytes.HasPrefix(line, []byte("* ")):
				return 0 // curl
			case bytes.HasPrefix(line, []byte("< ")):
				read = true
				if !cr {
					return 0
				}
			case bytes.HasPrefix(line, []byte("> ")):
				sent = true
				if cr {
					return 0
				}
			}
		}
		if sent && read {
			return transcripts.Certain
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &symfonyDecoder{} },
}

type symfonyDecoder struct{ ends ends }

func (d *symfonyDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	switch {
	case bytes.HasPrefix(text, []byte("> ")):
		d.ends.own(raw)
		l := raw.Line(transcripts.Client, 0, 2)
		emit(&l)
	case bytes.HasPrefix(text, []byte("< ")):
		l := raw.Line(transcripts.Server, 0, 2)
		d.ends.of(raw, &l)
		emit(&l)
	case len(text) > 0:
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	}
}
