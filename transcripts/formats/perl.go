package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Perl's Net::Cmd writes an object's class and address before each line.
// Commands keep their CR, replies only in TLS. Content is shown as the program
// gave it: periods are not doubled, and empty lines at the end of each piece
// that it gave are missing, so that content is never known to be whole.
var perl = &transcripts.Format{
	Name:     "perl",
	Programs: "Perl Net::SMTP 3.14 (Debug), git send-email 2.39 (--smtp-debug), Email::Sender 2.600",
	Record:   "Net::SMTP->new(HOST, Debug => 1) or git send-email --smtp-debug=1, with stderr in session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.CommandEnds | transcripts.Octets | transcripts.Secrets,
	Holds: "=(",
	Sign: func(line []byte) int {
		if m, ok := perlMark(line); ok && (m.from == transcripts.Client || replyShaped(line[m.text:])) {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &perlDecoder{} },
}

// perlSaid is what stands before a line: "Net::SMTP=GLOB(0x55fb91)>>> ".
type perlSaid struct {
	from  transcripts.Party
	class []byte
	id    []byte
	text  int // where the text begins
}

// perlName reports whether text can be the name of a package.
func perlName(text []byte) bool {
	for _, c := range text {
		if !letter(c) && !isDigit(c) && c != ':' && c != '_' {
			return false
		}
	}
	return true
}

func perlMark(line []byte) (m perlSaid, ok bool) {
	const glob, longest = "=GLOB(0x", 120
	n := bytes.IndexByte(line[:min(longest, len(line))], '=')
	if n <= 0 || !bytes.HasPrefix(line[n:], []byte(glob)) || !perlName(line[:n]) {
		return m, false
	}
	id := n + len(glob)
	end := bytes.IndexByte(line[id:], ')')
	if end < 0 || len(line) < id+end+4 {
		return m, false
	}
	arrow := id + end + 1
	switch string(line[arrow : arrow+3]) {
	case ">>>":
		m.from = transcripts.Client
	case "<<<":
		m.from = transcripts.Server
	default:
		return m, false
	}
	m.class, m.id, m.text = line[:n], line[id:id+end], arrow+3
	if m.text < len(line) && line[m.text] == ' ' {
		m.text++
	}
	return m, true
}

type perlDecoder struct {
	line    transcripts.Line // lent out
	ends    ends
	id      []byte
	secured bool
	content unstuffed
	chunk   int64 // octets of a BDAT chunk that are still to come
	log     bool  // in git's summary of the mail it has sent
}

// TakesComments implements transcripts.Commenter.
func (d *perlDecoder) TakesComments() bool { return true }

func (d *perlDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	m, ok := perlMark(raw.Text)
	if !ok {
		d.remark(raw, emit)
		return
	}
	if !bytes.Equal(m.id, d.id) {
		d.pause(raw, emit)
		d.id = append(d.id[:0], m.id...)
		d.secured = false
	}
	if secured := bytes.HasSuffix(m.class, []byte("SSL")); secured && !d.secured {
		d.secured = true
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Conn: d.id, Span: raw.Span.Part(0, m.text)})
	}
	l := &d.line
	raw.Lend(l, m.from, 0, m.text)
	l.Conn = d.id
	if m.from == transcripts.Server {
		d.pause(raw, emit)
		l.Text = withoutCR(l.Text)
		d.content.on = bytes.HasPrefix(l.Text, []byte("354"))
		emit(l)
		return
	}
	switch {
	case d.content.on:
		d.content.text(l, func(l *transcripts.Line) {
			l.Conn = d.id
			emit(l)
		})
	case d.chunk > 0:
		d.ends.of(raw, l)
		d.chunk -= int64(len(l.Text) + l.EOL.Octets())
		emit(l)
	default:
		d.ends.of(raw, l)
		d.chunk = chunkIn(l.Text)
		emit(l)
	}
}

// pause is called where the client does not go on: content has ended, and is
// not known to be whole.
func (d *perlDecoder) pause(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	if d.content.on || d.chunk > 0 {
		at := raw.Span
		if d.content.held {
			at = d.content.period.Span
		}
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.ContentLeftOut, Conn: d.id, Span: at.Part(0, 0)})
	}
	d.chunk = 0
	d.content.end(func(l *transcripts.Line) {
		l.Conn = d.id
		emit(l)
	})
}

func (d *perlDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	l := raw.Remark(transcripts.Comment, 0)
	l.Conn = d.id
	switch {
	case len(text) == 0, bytes.Contains(text[:min(40, len(text))], []byte(">>> ")): // versions of modules
		d.ends.own(raw)
		return
	case bytes.HasPrefix(text, []byte("OK. Log says:")):
		d.log = true
		return
	case bytes.HasPrefix(text, []byte("Result: ")):
		d.log = false
	case bytes.Contains(text, []byte("unexpected EOF on command channel")):
		d.pause(raw, emit)
		l.Note = transcripts.ServerClosed
	case d.log, d.content.held:
		return
	}
	emit(&l)
}

// chunkIn returns the octets that a BDAT command announces; 0 for others.
func chunkIn(command []byte) int64 {
	if len(command) < 6 || !bytes.EqualFold(command[:5], []byte("BDAT ")) {
		return 0
	}
	size, _, _ := bytes.Cut(command[5:], []byte{' '})
	if len(size) > 15 {
		return 0
	}
	return int64(max(0, number(size)))
}
