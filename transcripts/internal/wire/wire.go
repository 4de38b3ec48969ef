// Package wire reads what crossed the wire, octet for octet, as it was recorded
// beside a sample: the truth that a decoder is tested against.
package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// JSON reads what a recording server wrote: {"session":1,"t":0.5,"dir":"C","tls":false,"data":"..."}. dir is
// C, S, or I for an event; data holds one octet in each character.
var JSON = &transcripts.Format{
	Name:   "wire-json",
	Proves: transcripts.Everything &^ (transcripts.Outcome | transcripts.Segments),
	Sign:   func([]byte) int { return 0 },
	New:    func([]byte) transcripts.Decoder { return &decoder{conns: map[int]*conn{}} },
}

type chunk struct {
	Session int
	T       float64
	Dir     string
	TLS     bool
	Data    string
}

type decoder struct{ conns map[int]*conn }

type conn struct {
	name    []byte
	secured bool
	rest    [2][]byte // of a line that is not complete, by party
}

func (d *decoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	var c chunk
	if json.Unmarshal(raw.Text, &c) != nil {
		l := raw.Remark(transcripts.Unreadable, 0)
		emit(&l)
		return
	}
	at := transcripts.Instant(c.T * float64(time.Second))
	k := d.conns[c.Session]
	if k == nil {
		k = &conn{name: strconv.AppendInt(nil, int64(c.Session), 10)}
		d.conns[c.Session] = k
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Opened, Conn: k.name, At: at, Span: raw.Span})
	}
	if c.TLS && !k.secured {
		k.secured = true
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Conn: k.name, At: at, Span: raw.Span})
	}
	if c.Dir == "I" {
		return
	}
	who := transcripts.Client
	if c.Dir == "S" {
		who = transcripts.Server
		if rest := k.rest[transcripts.Client]; len(rest) > 0 { // the end of a BDAT chunk
			emit(&transcripts.Line{From: transcripts.Client, Text: rest, EOL: transcripts.NoEOL, At: at, Conn: k.name, Span: raw.Span})
			k.rest[transcripts.Client] = nil
		}
	}
	data := append(k.rest[who], latin1(c.Data)...)
	for {
		n := bytes.IndexByte(data, '\n')
		if n < 0 {
			break
		}
		l := transcripts.Line{From: who, Text: data[:n], EOL: transcripts.LF, At: at, Conn: k.name, Span: raw.Span}
		if n > 0 && data[n-1] == '\r' {
			l.Text, l.EOL = data[:n-1], transcripts.CRLF
		}
		emit(&l)
		data = data[n+1:]
	}
	k.rest[who] = append(k.rest[who][:0:0], data...)
}

func latin1(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}
