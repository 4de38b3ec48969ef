package formats

import (
	"bytes"
	"strconv"

	"github.com/smtplint/smtplint/transcripts"
)

// Exim's main log holds no conversations, but one kind of line quotes a piece
// of one: where a client did not wait for the reply to a command, Exim writes
// the command and what came behind it, answers 554 and hangs up.
var eximLog = &transcripts.Format{
	Name:     "exim-log",
	Programs: "Exim 4.96 (mainlog, rejectlog; with smtp_enforce_sync, which is the default)",
	Record:   "/var/log/exim4/mainlog",
	Captured: true,
	Proves: transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.CommandEnds | transcripts.Secrets |
		transcripts.Clock,
	Holds: "(:",
	Sign: func(line []byte) int {
		if bytes.Contains(line, []byte(eximTooSoon)) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &eximLogDecoder{} },
}

const eximTooSoon = "SMTP protocol synchronization error (next input sent too soon: "

// eximLogDecoder takes every line for a connection of its own.
type eximLogDecoder struct {
	repr repr
	conn []byte // its number
	seen int
}

func (d *eximLogDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	const rejected, input = ` rejected "`, ` next input="`
	text := raw.Text
	from := bytes.Index(text, []byte(eximTooSoon))
	if from < 0 {
		return
	}
	command := bytes.Index(text[from:], []byte(rejected))
	next := bytes.Index(text[from:], []byte(input))
	if command < 0 || next < command {
		return
	}
	command, next = from+command+len(rejected), from+next+len(input)
	end := bytes.IndexByte(text[command:], '"')
	at, _ := dateTime(text)
	d.seen++
	d.conn = strconv.AppendInt(d.conn[:0], int64(d.seen), 10)
	said := func(l *transcripts.Line) {
		l.Conn, l.At = d.conn, at
		emit(l)
	}
	emitFact(raw, d.conn, "excerpt", emit)
	complaint := raw.Remark(transcripts.Comment, from)
	said(&complaint)
	d.repr.begin(transcripts.Client, '"', raw.Span.Part(command, 0))
	l := raw.Line(transcripts.Client, command, command)
	l.Text = d.repr.whole(text[command:command+end], '"')
	said(&l)
	d.repr.begin(transcripts.Client, '"', raw.Span.Part(next, 0))
	d.repr.feed(text[next:], raw.Span.Part(next, 0), said) // what is left of a line is cut off
	l = raw.Line(transcripts.Server, from, len(text))
	l.Text = []byte("554 SMTP synchronization error")
	said(&l)
}
