package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Some programs write down the octets of both parties as they pass, and
// nothing else.
var bare = &transcripts.Format{
	Name:     "bare",
	Programs: "emersion/go-smtp 0.25.1 (DebugWriter), Ncat 7.93 (-o), nc without -v",
	Record:   "ncat -C -o session.log HOST 25",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Bodies | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets,
	Sign:  func([]byte) int { return 0 },
	Shape: shapeUnmarked,
	New:   func([]byte) transcripts.Decoder { return &bareDecoder{} },
}

type bareDecoder struct {
	who   unmarked
	begun bool // and not over: a conversation is going on
	ends  [2]bareEnds
}

// bareEnds is what the first line of a party shows of line ends.
type bareEnds uint8

const (
	nothingSeen bareEnds = iota
	noCR                 // a missing CR says nothing
	aCR                  // a missing CR is missing on the wire
)

func (d *bareDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	if d.noise(raw) {
		return
	}
	d.begun = true
	who := d.who.next(raw.Text)
	l := raw.Line(who, 0, 0)
	l.EOL = d.end(who, raw)
	emit(&l)
	if who == transcripts.Server && bytes.HasPrefix(l.Text, []byte("221 ")) {
		d.begun = false
	}
}

// noise reports whether a line is none of the conversation. Where both parties
// end their lines with CRLF, that is also a line that does not and looks like
// nothing SMTP has.
func (d *bareDecoder) noise(raw *transcripts.Raw) bool {
	odd := raw.EOL == transcripts.LF && d.ends == [2]bareEnds{aCR, aCR}
	if odd && logged(raw.Text) {
		return true
	}
	if d.who.due != aCommand || d.who.more {
		return false
	}
	return (!d.begun || odd) && !smtpShaped(raw.Text)
}

// logged reports whether a line is one of maddy's own: words, a tab, and values
// in JSON or none.
func logged(text []byte) bool {
	n := bytes.IndexByte(text, '\t')
	return n > 0 && (n == len(text)-1 || text[n+1] == '{' && text[len(text)-1] == '}')
}

func (d *bareDecoder) end(who transcripts.Party, raw *transcripts.Raw) transcripts.EOL {
	cr := raw.EOL == transcripts.CRLF
	if d.ends[who] == nothingSeen {
		d.ends[who] = noCR
		if cr {
			d.ends[who] = aCR
		}
	}
	if cr || raw.EOL == transcripts.LF && d.ends[who] == aCR {
		return raw.EOL
	}
	return transcripts.EOLUnknown
}
