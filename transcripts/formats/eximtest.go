package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// exim -bh plays a server for whoever types commands, and tells what it thinks
// in between. Where nothing was typed but commands came from a file, only the
// replies are on record.
var eximTest = &transcripts.Format{
	Name:     "exim-test",
	Programs: "Exim 4.96 (-bh), in a terminal or its standard output",
	Record:   "script -c 'exim -bh ADDRESS' session.log",
	Captured: true,
	Proves:   terminal.Proves,
	First:    "*",
	Sign: func(line []byte) int {
		if bytes.HasPrefix(line, []byte("**** SMTP testing session as if from host ")) {
			return transcripts.Certain
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &eximTestDecoder{} },
}

type eximTestDecoder struct {
	terminal terminalDecoder
	callouts eximDecoder // what it asks other servers before it replies
	stars    bool        // the last line was a note in stars
	blank    bool        // an empty line is held: it may frame a note
	held     transcripts.Raw
}

func (d *eximTestDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := bytes.TrimRight(raw.Text, "\r")
	switch stars := bytes.HasPrefix(text, []byte("**** ")); {
	case d.terminal.who.inContent():
	case bytes.HasPrefix(text, []byte(">>> ")):
		d.callouts.Decode(raw, emit)
		return
	case bytes.HasPrefix(text, []byte("LOG: ")):
		return
	case stars:
		d.stars, d.blank = true, false
		return
	case len(text) == 0 && d.stars:
		return
	case len(text) == 0:
		d.Flush(emit)
		d.blank, d.held = true, *raw
		d.held.Text = nil
		return
	}
	d.stars = false
	d.Flush(emit)
	d.terminal.Decode(raw, emit)
}

// Flush hands out an empty line that frames no note.
func (d *eximTestDecoder) Flush(emit func(*transcripts.Line)) {
	if d.blank {
		d.blank = false
		d.terminal.Decode(&d.held, emit)
	}
}
