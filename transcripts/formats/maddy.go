package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// maddy copies the octets of all its sessions into its own log, without marks.
// Its own lines have a tab behind their words, then fields as JSON.
var maddy = &transcripts.Format{
	Name:     "maddy",
	Programs: "maddy 837b1b8 (io_debug yes; log stderr and stderr_ts)",
	Record:   "io_debug yes in maddy.conf, and the standard error of maddy in session.log",
	Captured: true,
	Proves:   bare.Proves &^ transcripts.Reaction,
	First:    "s",
	Sign: func(line []byte) int {
		if maddyWords(line) && bytes.HasPrefix(line, []byte("smtp: ")) {
			return transcripts.Certain
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &maddyDecoder{} },
}

// maddyWords recognises a line of maddy's own.
func maddyWords(line []byte) bool {
	tab := bytes.IndexByte(line, '\t')
	if tab <= 0 {
		return false
	}
	fields := line[tab+1:]
	return len(fields) == 0 || fields[0] == '{' && fields[len(fields)-1] == '}'
}

type maddyDecoder struct{ octets bareDecoder }

func (d *maddyDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	if raw.EOL == transcripts.CRLF || !maddyWords(raw.Text) {
		d.octets.Decode(raw, emit)
	}
}
