package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Alpine's debug file has what is said to servers of mail and of folders under
// one name, and does not mark who speaks. Content is left out, its last period
// is not.
var alpine = &transcripts.Format{
	Name:     "alpine",
	Programs: "Alpine 2.26 (-d 9)",
	Record:   "alpine -d 9, which writes ~/.pine-debug1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock,
	First: "I",
	Sign: func(line []byte) int {
		if _, n := readAlpine(line); n > 0 && smtpShaped(line[n:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &alpineDecoder{} },
}

// readAlpine reads "IMAP DEBUG 15:04:05.999999: " and returns where the text
// begins; 0 where there is none.
func readAlpine(line []byte) (transcripts.Instant, int) {
	const name = "IMAP DEBUG "
	if !bytes.HasPrefix(line, []byte(name)) {
		return 0, 0
	}
	at, n := timeOfDay(line[len(name):])
	n += len(name)
	if at == 0 || !bytes.HasPrefix(line[n:], []byte(": ")) {
		return 0, 0
	}
	return at, n + 2
}

type alpineDecoder struct {
	who   unmarked
	begun bool // the server has greeted, and has not taken its leave
}

func (d *alpineDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, n := readAlpine(raw.Text)
	if n == 0 {
		return
	}
	text := raw.Text[n:]
	if !d.begun && !replyShaped(text) || foldersTalk(text) {
		return
	}
	who := d.who.next(text)
	d.begun = who != transcripts.Server || !bytes.HasPrefix(text, []byte("221 "))
	l := raw.Line(who, 0, n)
	l.At = at
	emit(&l)
}

// foldersTalk recognises lines of IMAP and POP: an untagged response, or one
// with Alpine's tag of eight hexadecimal digits.
func foldersTalk(text []byte) bool {
	if len(text) > 1 && (text[0] == '*' || text[0] == '+') {
		return true
	}
	if len(text) < 9 || text[8] != ' ' {
		return false
	}
	for _, c := range text[:8] {
		if !isHex(c) {
			return false
		}
	}
	return true
}
