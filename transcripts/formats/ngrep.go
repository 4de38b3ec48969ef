package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// ngrep writes the endpoints before each packet. With -W byline LF starts a new
// line and a period stands for everything else that cannot be printed, so for
// CR as well; with -x there are rows of octets.
var ngrep = &transcripts.Format{
	Name:     "ngrep",
	Programs: "ngrep 1.47 (-W byline, -x; with and without -q and -t)",
	Record:   "ngrep -t -x -q '' port 25 > session.log",
	Captured: true,
	Proves:   dumpProves | transcripts.Clock,
	First:    "T",
	Sign: func(line []byte) int {
		if h := readNgrep(line); len(h.from) > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: newNgrep,
}

// ngrepHeader is what stands before a packet.
type ngrepHeader struct {
	at       transcripts.Instant
	from, to []byte // empty where the line is no header
}

// readNgrep reads "T 2006/01/02 15:04:05.999999 address:port -> address:port [AP]".
func readNgrep(line []byte) (h ngrepHeader) {
	rest, ok := bytes.CutPrefix(line, []byte("T "))
	if !ok {
		return h
	}
	if at, n := dateTime(rest); n > 0 && n < len(rest) {
		h.at, rest = at, rest[n+1:]
	} else if len(rest) > 0 && rest[0] == '+' { // -T: since the packet before
		_, rest, _ = bytes.Cut(rest, []byte{' '})
	}
	from, rest, ok := bytes.Cut(rest, []byte(" -> "))
	to, flags, _ := bytes.Cut(rest, []byte{' '})
	if !ok || len(flags) < 3 || flags[0] != '[' || portOf(from, ':') == 0 || portOf(to, ':') == 0 {
		return ngrepHeader{}
	}
	h.from, h.to = from, to
	return h
}

type ngrepDecoder struct {
	taps
	name   []byte
	octets []byte
	quiet  bool // -q: an empty line goes before each header
	flat   bool // line ends are shown as other octets are: nothing can be told
	open   bool // a packet that may go on
	chunk  chunk
	blank  int  // empty lines that may be the packet's or stand behind it
	line   bool // a line that LF may have ended
	rows   bool // the packet is shown in rows of octets
	bare   bool // the last line of the packet had a bare LF
}

// newNgrep looks for the marks that ngrep writes for packets without payload,
// which -q suppresses, and for lines that end as in "DATA..".
func newNgrep(head []byte) transcripts.Decoder {
	d := &ngrepDecoder{quiet: true}
	ends := 0
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte{'\n'})
		switch {
		case bytes.HasPrefix(line, []byte{'#'}):
			d.quiet = false
		case bytes.HasPrefix(line, []byte("  ")):
		case bytes.HasSuffix(line, []byte("..")):
			ends--
		case bytes.HasSuffix(line, []byte{'.'}):
			ends++
		}
	}
	d.flat = ends < 0
	return d
}

func (d *ngrepDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	if h := readNgrep(text); len(h.from) > 0 {
		d.finish(d.quiet, emit)
		d.open, d.line, d.rows, d.bare = true, false, false, false
		d.name, d.chunk.end = flow(d.name[:0], h.from, h.to)
		d.chunk.conn, d.chunk.at = d.name, h.at
		d.chunk.ports[d.chunk.end], d.chunk.ports[1-d.chunk.end] = portOf(h.from, ':'), portOf(h.to, ':')
		return
	}
	switch {
	case !d.open || d.flat:
	case len(text) == 0:
		d.blank++
	case text[0] == '#' && !d.quiet && packetsWithout(text):
		d.finish(false, emit)
	default:
		d.payload(raw, emit)
	}
}

// packetsWithout recognises the marks for packets without payload.
func packetsWithout(text []byte) bool {
	rest := bytes.TrimLeft(text, "#")
	return len(rest) == 0 || string(rest) == "exit"
}

// finish ends a packet. ngrep puts a LF behind it, and with -q another one.
func (d *ngrepDecoder) finish(quiet bool, emit func(*transcripts.Line)) {
	if quiet {
		d.blank--
	}
	if d.octets = d.octets[:0]; d.open && d.line {
		for ; d.blank > 0; d.blank-- {
			d.octets = append(d.octets, '\n')
		}
		d.chunk.octets = d.octets
		d.feed(&d.chunk, emit)
	}
	d.open, d.blank = false, 0
}

// Flush ends the last packet.
func (d *ngrepDecoder) Flush(emit func(*transcripts.Line)) {
	d.finish(false, emit)
	d.taps.Flush(emit)
}

// payload takes a line of a packet.
func (d *ngrepDecoder) payload(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	d.octets = d.octets[:0]
	d.chunk.span = raw.Span
	if bytes.HasPrefix(text, []byte("  ")) && (len(text) > 56 || d.rows) {
		d.octets = ngrepRow(d.octets, text)
		d.rows = len(d.octets) > 0
	}
	if d.chunk.dots = len(d.octets) == 0; d.chunk.dots {
		if d.line {
			d.blank++
		}
		d.bare = d.bare || d.blank > 1 || d.blank > 0 && !d.line
		for ; d.blank > 0; d.blank-- {
			d.octets = append(d.octets, '\n')
		}
		body, cr := bytes.CutSuffix(text, []byte{'.'})
		if len(body) == 0 && d.bare { // a lone period, not an empty line
			body, cr = text, false
		}
		if d.octets = append(d.octets, body...); cr {
			d.octets = append(d.octets, '\r')
		}
		d.line, d.bare = true, !cr
	}
	d.chunk.octets = d.octets
	d.feed(&d.chunk, emit)
	d.dotted(&d.chunk, ngrep, emit)
}

// ngrepRow reads "  32 32 30 20 6d 61 69 6c    2e 65 78 61 6d 70 6c 65    220 mail.exam".
func ngrepRow(dst, text []byte) []byte {
	const half = len("  32 32 30 20 6d 61 69 6c ")
	first := len(dst)
	dst = hexOctets(dst, text[1:], 8, 0)
	if len(dst) == first+8 && len(text) > half+2 {
		dst = hexOctets(dst, text[half+2:], 8, 0)
	}
	return dst
}
