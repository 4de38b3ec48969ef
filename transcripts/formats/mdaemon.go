package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// MDaemon writes the log of a session in one block once the session is over:
// "-->" before what it sent, "<--" before what it received. Content is left
// out.
var mdaemon = &transcripts.Format{
	Name:     "mdaemon",
	Programs: "MDaemon (SMTP-(in) and SMTP-(out) logs)",
	Record:   "Setup, Server Settings, Logging: log SMTP sessions; MDaemon-DATE-SMTP-(in).log",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Clock,
	Holds: ":-", HoldsOne: "<>",
	Sign: func(line []byte) int {
		if _, n := mdaemonTime(line); n > 0 {
			if mark := mdaemonMark(line[n:]); mark != 0 {
				return transcripts.Strong
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &mdaemonDecoder{} },
}

// mdaemonTime reads "Tue 2026-08-18 00:00:48.993: 05: ", of which old versions
// have no fraction and no number, and returns how long it is; 0 where there is
// none.
func mdaemonTime(line []byte) (transcripts.Instant, int) {
	const day = len("Tue ")
	if len(line) < day+22 || line[day-1] != ' ' || line[0] < 'F' || 'W' < line[0] {
		return 0, 0
	}
	at, n := dateTime(line[day:])
	n += day
	if n == day || !bytes.HasPrefix(line[n:], []byte(": ")) {
		return 0, 0
	}
	n += 2
	if rest := line[n:]; len(rest) > 4 && isDigit(rest[0]) && isDigit(rest[1]) && rest[2] == ':' && rest[3] == ' ' {
		n += 4
	}
	return at, n
}

func mdaemonMark(words []byte) byte {
	switch {
	case bytes.HasPrefix(words, []byte("--> ")):
		return '>'
	case bytes.HasPrefix(words, []byte("<-- ")):
		return '<'
	}
	return 0
}

type mdaemonDecoder struct {
	role  role
	begun bool // the block has shown a line of the conversation
}

func (d *mdaemonDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, n := mdaemonTime(raw.Text)
	if n == 0 {
		return
	}
	words := raw.Text[n:]
	var l transcripts.Line
	switch mark := mdaemonMark(words); {
	case mark != 0:
		if !d.begun {
			d.begun = true
			if d.role.server = replyShaped(words[4:]) == (mark == '>'); d.role.server {
				emitProves(raw, nil, mdaemon.Proves&^transcripts.Reaction, emit)
			}
		}
		l = raw.Line(d.role.party(mark == '>'), n, n+4)
	case bytes.HasPrefix(words, []byte("Session ")) && bytes.Contains(words, []byte("; child ")):
		d.begun = false
		l = raw.Remark(transcripts.Opened, n)
	case bytes.HasPrefix(words, []byte("----------")) && d.begun:
		d.begun = false
		l = raw.Remark(transcripts.Closed, n)
	case bytes.HasPrefix(words, []byte("SSL negotiation successful")):
		l = raw.Remark(transcripts.Secured, n)
	default:
		return
	}
	l.At = at
	emit(&l)
}
