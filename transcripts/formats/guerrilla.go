package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// go-guerrilla writes commands and whole replies, and no name of the session.
// Content is left out.
var guerrilla = &transcripts.Format{
	Name:     "go-guerrilla",
	Programs: "go-guerrilla 4f1dba6 (log_level debug)",
	Record:   `guerrillad serve with "log_level": "debug", and its standard error in session.log`,
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Secrets |
		transcripts.Clock,
	Holds: ":", HoldsOne: "\"[",
	Sign: func(line []byte) int {
		if _, _, _, n := readGuerrilla(line); n > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &guerrillaDecoder{} },
}

func readGuerrilla(line []byte) (at transcripts.Instant, quote byte, who transcripts.Party, text int) {
	at, quote, n := logrusMessage(line)
	switch msg := line[n:]; {
	case n == 0:
	case bytes.HasPrefix(msg, []byte(`Writing response to client: \n`)):
		return at, quote, transcripts.Server, n + len(`Writing response to client: \n`)
	case bytes.HasPrefix(msg, []byte("Client sent: ")):
		return at, quote, transcripts.Client, n + len("Client sent: ")
	}
	return 0, 0, 0, 0
}

type guerrillaDecoder struct{ repr repr }

func (d *guerrillaDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, quote, who, n := readGuerrilla(raw.Text)
	if n == 0 {
		return
	}
	said := false
	d.repr.begin(who, quote, raw.Span)
	d.repr.all(raw.Text[n:], raw.Span.Part(n, 0), func(l *transcripts.Line) {
		said = true
		l.At, l.EOL = at, transcripts.EOLUnknown
		emit(l)
	})
	if !said && who == transcripts.Client {
		l := raw.Line(who, 0, len(raw.Text))
		l.At = at
		emit(&l)
	}
}
