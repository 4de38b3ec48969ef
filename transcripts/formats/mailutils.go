package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// GNU Mailutils writes the program's name, then "S:" or "C:", before every
// line of the conversation, content included.
var mailutils = &transcripts.Format{
	Name:     "mailutils",
	Programs: "GNU Mailutils 3.15 (mail --debug-level=mailer.prot)",
	Record:   "mail --debug-level=mailer.prot ADDRESS < text > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.Octets | transcripts.Secrets,
	Sign: func(line []byte) int {
		if who, n := mailutilsSaid(line); n > 0 && (who == transcripts.Client || replyShaped(line[n:])) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return mailutilsDecoder{} },
}

// mailutilsSaid returns who speaks on a line and where the text begins; 0
// where the program itself does. Thunderbird's logger has such a mark as well.
func mailutilsSaid(line []byte) (transcripts.Party, int) {
	n := wordEnd(line) // the program's name
	if n < 3 || line[n-1] != ':' || len(line) < n+3 || line[n+2] != ':' || bytes.HasPrefix(line, []byte("mailnews.")) {
		return 0, 0
	}
	text := min(n+len(" C: "), len(line))
	switch line[n+1] {
	case 'C':
		return transcripts.Client, text
	case 'S':
		return transcripts.Server, text
	}
	return 0, 0
}

type mailutilsDecoder struct{}

func (mailutilsDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	if who, n := mailutilsSaid(raw.Text); n > 0 {
		l := raw.Line(who, 0, n)
		emit(&l)
	} else if len(raw.Text) > 0 {
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	}
}
