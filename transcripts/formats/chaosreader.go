package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// chaosreader makes a page for each connection, with what one end sent in red
// and what the other end sent in blue.
var chaosreader = &transcripts.Format{
	Name:     "chaosreader",
	Programs: "chaosreader 0.96 (session_*.html)",
	Record:   "chaosreader FILE.pcap, and session_0001.smtp.html",
	Captured: true,
	Proves:   dumpProves &^ transcripts.Octets,
	Holds:    "<=\"",
	Sign: func(line []byte) int {
		if _, end, n := chaosColour(line); n > 0 && end >= 0 && smtpShaped(line[n:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &chaosDecoder{} },
}

// chaosColour finds the next tag that sets a colour or ends one, and returns
// where the tag begins, the end that it stands for (-1: none) and where what
// follows begins; 0 where there is no tag.
func chaosColour(text []byte) (tag, end, next int) {
	const red, blue, none = `<font color="red">`, `<font color="blue">`, "</font>"
	for tag = 0; ; tag++ {
		n := bytes.IndexByte(text[tag:], '<')
		if n < 0 {
			return 0, 0, 0
		}
		switch tag += n; {
		case bytes.HasPrefix(text[tag:], []byte(red)):
			return tag, 0, tag + len(red)
		case bytes.HasPrefix(text[tag:], []byte(blue)):
			return tag, 1, tag + len(blue)
		case bytes.HasPrefix(text[tag:], []byte(none)):
			return tag, -1, tag + len(none)
		}
	}
}

type chaosDecoder struct {
	taps
	name    []byte
	chunk   chunk
	colored bool
	octets  []byte
}

func (d *chaosDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	if title, ok := bytes.CutPrefix(text, []byte("<H1>")); ok {
		d.title(title)
		return
	}
	d.chunk.span = raw.Span
	for {
		tag, end, next := chaosColour(text)
		if next == 0 {
			break
		}
		d.hand(text[:tag], "", emit)
		d.colored, text = end >= 0, text[next:]
		d.chunk.end = max(0, end)
	}
	d.hand(text, [...]string{"\n", "\r\n", "\n", "", ""}[raw.EOL], emit)
}

// title takes "smtp: 192.0.2.1:1025 -&gt; 192.0.2.2:25".
func (d *chaosDecoder) title(text []byte) {
	_, text, _ = bytes.Cut(text, []byte(": "))
	from, rest, ok := bytes.Cut(text, []byte(" -&gt; "))
	to, _, _ := bytes.Cut(rest, []byte{'<'})
	if ok {
		d.name = append(append(append(d.name[:0], from...), '-'), to...)
		d.chunk.conn = d.name
		d.chunk.ports = [2]int{portOf(from, ':'), portOf(to, ':')}
	}
}

// hand passes on coloured text with its entities undone.
func (d *chaosDecoder) hand(text []byte, terminator string, emit func(*transcripts.Line)) {
	if !d.colored {
		return
	}
	d.octets = d.octets[:0]
	for len(text) > 0 {
		n := bytes.IndexByte(text, '&')
		if n < 0 {
			d.octets = append(d.octets, text...)
			break
		}
		d.octets, text = append(d.octets, text[:n]...), text[n:]
		c, length := byte('&'), 1
		for _, e := range chaosEntities {
			if bytes.HasPrefix(text, []byte(e.name)) {
				c, length = e.octet, len(e.name)
			}
		}
		d.octets, text = append(d.octets, c), text[length:]
	}
	d.octets = append(d.octets, terminator...)
	d.chunk.octets, d.chunk.dots = d.octets, true
	d.feed(&d.chunk, emit)
}

var chaosEntities = []struct {
	name  string
	octet byte
}{{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}}
