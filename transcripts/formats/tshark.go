package formats

import (
	"bytes"
	"encoding/base64"

	"github.com/smtplint/smtplint/transcripts"
)

// tshark writes the octets of a stream as text with counts, as rows of octets,
// as one long number for each piece, or as YAML. What the second node sent is
// indented; which one is the server, is not said.
var tsharkFollow = &transcripts.Format{
	Name:     "tshark-follow",
	Programs: "tshark 4.0 (-z follow,tcp and follow,tls; ascii, hex, raw, yaml)",
	Record:   "tshark -q -r FILE -z follow,tcp,raw,0 > session.log",
	Captured: true,
	Proves:   dumpProves | transcripts.Clock,
	First:    "F ",
	Sign: func(line []byte) int {
		switch {
		case followForm(line) != noForm:
			return transcripts.Certain
		case string(line) == "    data: !!binary |", string(line) == "  - peer: 0":
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &followDecoder{} },
}

type followAs uint8

const (
	noForm followAs = iota
	inASCII
	inHex
	inRaw
	inYAML
)

// followForm reads "Follow: tcp,ascii".
func followForm(line []byte) followAs {
	rest, ok := bytes.CutPrefix(line, []byte("Follow: "))
	if !ok {
		return noForm
	}
	_, form, _ := bytes.Cut(rest, []byte{','})
	switch string(form) {
	case "ascii":
		return inASCII
	case "hex":
		return inHex
	case "raw":
		return inRaw
	}
	return noForm
}

type followDecoder struct {
	taps
	form   followAs
	name   []byte
	nodes  [2][]byte // endpoints
	chunk  chunk
	left   int // octets of a counted piece that are still to come
	octets []byte
	secret bool // the stream is shown as it was before encryption
}

func (d *followDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	d.chunk.span = raw.Span
	switch {
	case d.left > 0:
		d.counted(raw, emit)
		return
	case followForm(text) != noForm:
		d.begin(followForm(text), emit)
		d.secret = !bytes.HasPrefix(text, []byte("Follow: tcp"))
		return
	case string(text) == "peers:":
		d.begin(inYAML, emit)
		return
	}
	switch d.form {
	case inASCII, inHex, inRaw:
		if node, ok := bytes.CutPrefix(text, []byte("Node ")); ok && len(node) > 3 && (node[0] == '0' || node[0] == '1') {
			d.node(int(node[0]-'0'), node[3:], emit)
			return
		}
		d.chunk.end = 0
		if len(text) > 0 && text[0] == '\t' {
			d.chunk.end, text = 1, text[1:]
		}
		d.piece(text, emit)
	case inYAML:
		d.yaml(text, emit)
	}
}

// begin starts another stream.
func (d *followDecoder) begin(form followAs, emit func(*transcripts.Line)) {
	d.Flush(emit)
	*d = followDecoder{
		form: form, taps: taps{placing: d.placing}, chunk: chunk{span: d.chunk.span},
		name: d.name[:0], octets: d.octets, nodes: [2][]byte{d.nodes[0][:0], d.nodes[1][:0]},
	}
}

// node takes the endpoint of a node.
func (d *followDecoder) node(end int, endpoint []byte, emit func(*transcripts.Line)) {
	d.nodes[end] = append(d.nodes[end][:0], endpoint...)
	d.chunk.ports[end] = portOf(endpoint, ':')
	if end == 1 {
		d.name = append(append(append(d.name[:0], d.nodes[0]...), '-'), d.nodes[1]...)
		d.chunk.conn = d.name
		if d.secret {
			d.place = d.chunk.span
			d.note(transcripts.Secured, &d.chunk, emit)
		}
	}
}

// piece takes a line of what one node sent.
func (d *followDecoder) piece(text []byte, emit func(*transcripts.Line)) {
	switch d.form {
	case inASCII:
		if len(text) > 0 && len(text) < 10 && number(text) > 0 {
			d.left, d.octets = number(text), d.octets[:0]
		}
		return
	case inHex:
		if len(text) < 10 {
			return
		}
		d.octets = hexOctets(d.octets[:0], text[9:], 16, 8)
	case inRaw:
		d.octets = d.octets[:0]
		for len(text) > 1 && isHex(text[0]) && isHex(text[1]) {
			d.octets = append(d.octets, byte(hex(text[0])<<4|hex(text[1])))
			text = text[2:]
		}
	}
	d.hand(emit)
}

// counted takes a line of a piece whose length was announced.
func (d *followDecoder) counted(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.octets = append(d.octets[:0], raw.Text...)
	if raw.EOL == transcripts.CRLF {
		d.octets = append(d.octets, '\r')
	}
	if raw.EOL != transcripts.NoEOL {
		d.octets = append(d.octets, '\n')
	}
	n := int(min(int64(len(d.octets))+raw.Cut, int64(d.left)))
	d.left -= n
	d.octets = d.octets[:min(n, len(d.octets))]
	d.chunk.dots = true
	d.hand(emit)
	if raw.Cut > 0 {
		d.lost(&d.chunk, true, emit)
	}
}

const missing = " bytes missing in capture file]"

// hand passes on octets, unless they are tshark's word that there are none.
func (d *followDecoder) hand(emit func(*transcripts.Line)) {
	if len(d.octets) > 0 && d.octets[0] == '[' && bytes.Contains(d.octets[:min(len(d.octets), 64)], []byte(missing)) {
		d.lost(&d.chunk, true, emit)
		return
	}
	d.chunk.octets = d.octets
	d.feed(&d.chunk, emit)
	d.dotted(&d.chunk, tsharkFollow, emit)
}

// yaml takes a line in that form.
func (d *followDecoder) yaml(text []byte, emit func(*transcripts.Line)) {
	key, value, ok := bytes.Cut(bytes.TrimLeft(text, " -"), []byte(": "))
	if !ok { // base64
		n := skipBlanks(text, 0)
		d.octets = append(d.octets[:0], make([]byte, base64.StdEncoding.DecodedLen(len(text)-n))...)
		size, err := base64.StdEncoding.Decode(d.octets, text[n:])
		if err == nil && n == 6 {
			d.octets = d.octets[:size]
			d.hand(emit)
		}
		return
	}
	switch string(key) {
	case "peer":
		d.chunk.end = max(0, min(1, number(value)))
	case "host":
		d.nodes[d.chunk.end] = append(d.nodes[d.chunk.end][:0], value...)
	case "port":
		d.node(d.chunk.end, append(append(d.nodes[d.chunk.end], ':'), value...), emit)
	case "timestamp":
		d.chunk.at = epoch(value)
	}
}
