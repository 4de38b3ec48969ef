package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Apple Mail's connection log writes READ or WROTE with the time, the security
// of the connection and its ends, then the text, then an empty line. It holds
// the conversations with all servers, also by IMAP and POP.
var appleMail = &transcripts.Format{
	Name:     "apple-mail",
	Programs: "Apple Mail, macOS 10.10 to 13 (connection log)",
	Record:   "Window > Connection Doctor > Log Connection Activity",
	Proves: transcripts.Opening | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Clock |
		transcripts.Security,
	First: "RWCI",
	Sign: func(line []byte) int {
		if e := appleEntryOf(line); e.what > appleNone {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &appleDecoder{} },
}

type appleWhat uint8

const (
	appleNone appleWhat = iota
	appleRead
	appleWrote
	appleConnected
	appleBegins
)

// appleEntry is the first line of an entry.
type appleEntry struct {
	what    appleWhat
	at      transcripts.Instant
	secured bool
	port    []byte
	socket  []byte
}

func appleEntryOf(line []byte) (e appleEntry) {
	rest := line
	for what, word := range [...]string{appleRead: "READ ", appleWrote: "WROTE ", appleConnected: "CONNECTED ", appleBegins: "INITIATING CONNECTION "} {
		if word != "" && bytes.HasPrefix(line, []byte(word)) {
			e.what, rest = appleWhat(what), line[len(word):]
		}
	}
	const day = len("Oct 17 ")
	if e.what == appleNone || len(rest) < day {
		return appleEntry{}
	}
	var n int
	e.at, n = timeOfDay(rest[day:])
	if n == 0 {
		return appleEntry{}
	}
	e.port, e.socket = appleField(rest, " port:"), appleField(rest, " socket:")
	e.secured = bytes.Contains(rest, []byte("[kCFStreamSocketSecurityLevel")) && !bytes.Contains(rest, []byte("LevelNone]"))
	return e
}

// appleField returns the word behind a mark.
func appleField(text []byte, mark string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(mark))
	return rest[:wordEnd(rest)]
}

// appleSocket is a connection.
type appleSocket struct {
	name    []byte
	secured bool
	asked   bool // the last reply was a 354
	content bool // and since then the client has written
}

type appleDecoder struct {
	sockets conns[appleSocket]
	now     *appleSocket // that the entry is about; nil: it is not SMTP
	what    appleWhat
	at      transcripts.Instant
}

func (d *appleDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	if e := appleEntryOf(raw.Text); e.what > appleNone {
		d.begin(raw, e, emit)
		return
	}
	if d.now == nil || len(raw.Text) == 0 {
		return
	}
	l := raw.Line(transcripts.Client, 0, 0)
	switch {
	case d.what == appleRead:
		l.From = transcripts.Server
		d.now.asked, d.now.content = bytes.HasPrefix(l.Text, []byte("354")), false
	case d.what != appleWrote || d.now.asked:
		return
	}
	d.tell(&l, emit)
}

func (d *appleDecoder) begin(raw *transcripts.Raw, e appleEntry, emit func(*transcripts.Line)) {
	d.what, d.at, d.now = e.what, e.at, nil
	switch string(e.port) {
	case "143", "993", "110", "995":
		return
	}
	if e.what != appleBegins { // that has no socket yet
		d.now, _ = d.sockets.of(e.socket)
		d.now.name = append(d.now.name[:0], e.socket...)
	}
	switch {
	case e.what == appleConnected:
		*d.now = appleSocket{name: d.now.name}
		l := raw.Remark(transcripts.Opened, 0)
		d.tell(&l, emit)
		emitFact(raw, d.now.name, "port: "+string(e.port), emit)
	case e.what == appleWrote && d.now.asked && !d.now.content:
		d.now.content = true
		d.tell(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.ContentLeftOut, Span: raw.Span}, emit)
	}
	if d.now != nil && e.secured && !d.now.secured {
		d.now.secured = true
		d.tell(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Span: raw.Span}, emit)
	}
}

func (d *appleDecoder) tell(l *transcripts.Line, emit func(*transcripts.Line)) {
	l.At, l.Conn = d.at, d.now.name
	emit(l)
}
