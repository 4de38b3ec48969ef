package formats

import (
	"bytes"
	"encoding/base64"

	"github.com/smtplint/smtplint/transcripts"
)

// nmh's post marks lines with "=>" and "<=", and says before them that TLS or
// SASL protects them. Base64 is shown decoded; content is not shown.
var nmh = &transcripts.Format{
	Name:     "nmh",
	Programs: "nmh 1.8 (send -snoop)",
	Record:   "send -snoop DRAFT > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Secrets | transcripts.Outcome | transcripts.Security,
	First: "=<(",
	Sign: func(line []byte) int {
		m, n := nmhMark(line)
		switch said := line[n:]; {
		case n == 0, m.from == transcripts.Server && !replyShaped(said),
			m.from == transcripts.Client && !transcripts.LooksLikeCommand(said):
			return 0 // curl's traces have "=> Send header"
		}
		return transcripts.Strong
	},
	New: func([]byte) transcripts.Decoder { return &nmhDecoder{} },
}

type nmhKind struct {
	mark    string
	from    transcripts.Party
	secured bool
}

var nmhMarks = []nmhKind{
	{"=> ", transcripts.Client, false},
	{"<= ", transcripts.Server, false},
	{"(tls-encrypted) => ", transcripts.Client, true},
	{"(tls-decrypted) <= ", transcripts.Server, true},
	{"(sasl-encrypted) => ", transcripts.Client, false},
	{"(sasl-decrypted) <= ", transcripts.Server, false},
}

func nmhMark(line []byte) (nmhKind, int) {
	for _, k := range nmhMarks {
		if bytes.HasPrefix(line, []byte(k.mark)) {
			return k, len(k.mark)
		}
	}
	return nmhKind{}, 0
}

type nmhDecoder struct {
	secured bool
	buf     []byte
}

func (d *nmhDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	k, n := nmhMark(raw.Text)
	if n == 0 {
		d.remark(raw, emit)
		return
	}
	if k.secured && !d.secured {
		d.secured = true
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Span: raw.Span.Part(0, n)})
	}
	l := raw.Line(k.from, 0, n)
	l.Text = d.encode(l.Text)
	emit(&l)
}

// encode gives back the base64 that nmh has decoded to "b64<...>". Octets that
// cannot be printed are in hex there: "[0x00]".
func (d *nmhDecoder) encode(text []byte) []byte {
	n := bytes.Index(text, []byte("b64<"))
	if n < 0 || n > 0 && text[n-1] != ' ' || text[len(text)-1] != '>' {
		return text
	}
	from := n + len("b64<")
	var plain []byte
	for i := from; i < len(text)-1; i++ {
		if rest := text[i:]; len(rest) > 6 && rest[0] == '[' && rest[1] == '0' && rest[2] == 'x' && rest[5] == ']' {
			plain = append(plain, byte(hex(rest[3])<<4|hex(rest[4])))
			i += 5
			continue
		}
		plain = append(plain, text[i])
	}
	d.buf = base64.StdEncoding.AppendEncode(append(d.buf[:0], text[:n]...), plain)
	return d.buf
}

// nmhNoise are remarks that say nothing about the session.
var nmhNoise = []string{"    ", "Trying to connect to ", "SSL-Session:", "SASL ", "Client supported SASL ", "User has requested SASL ",
	"Chosen sasl mechanism", "Encryption will be handled by "}

func (d *nmhDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	l := raw.Remark(transcripts.Comment, 0)
	switch {
	case len(text) == 0:
		return
	case bytes.HasPrefix(text, []byte("Connecting to ")):
		l.Note = transcripts.Opened
		d.secured = false
	case bytes.HasPrefix(text, []byte("TLS negotiation successful")):
		l.Note = transcripts.Secured
		d.secured = true
	}
	for _, noise := range nmhNoise {
		if bytes.HasPrefix(text, []byte(noise)) {
			return
		}
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		emitPort(raw, bytes.TrimRight(text, "."), emit)
	}
}
