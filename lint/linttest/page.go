package linttest

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// A page hands lines on to be judged, and writes them down for people, in plain
// notation. Of a long run of one side's lines it keeps the first and the last.
type page struct {
	transcripts.Sink
	plain *transcripts.PlainWriter
	buf   bytes.Buffer // what plain writes
	code  int          // of the server's last reply; 0: none yet

	rows    []row
	octets  int  // in rows
	full    bool // no more is written down
	speaker transcripts.Party
	run     int   // lines of the speaker's
	last    []row // the last ones of a long run
	out     int   // lines of it that are in neither

	sealed, closing *transcripts.Line // what is not handed on before the end
}

// A row is one line as it is printed.
type row struct {
	line uint32 // its number in the conversation, which findings name; 0: none
	text string
}

const (
	firstKept = 24
	lastKept  = 4
	mostKept  = 256 << 10 // octets
)

// Line takes the next line.
func (p *page) Line(l *transcripts.Line) {
	switch l.Note {
	case transcripts.Encrypted: // unless what is said inside of TLS will be heard
		p.sealed = held(l)
		return
	case transcripts.Closed, transcripts.ClientClosed, transcripts.ServerClosed: // the client's verdict may come later
		p.closing = held(l)
		return
	case transcripts.Secured:
		p.sealed = nil
	}
	if n := l.Text; l.From == transcripts.Server && len(n) >= 3 {
		p.code, _ = strconv.Atoi(string(n[:3]))
	}
	p.write(l)
	p.Sink.Line(l)
}

// held copies a line of the recorder's.
func held(l *transcripts.Line) *transcripts.Line {
	c := *l
	c.Text, c.Conn = bytes.Clone(l.Text), bytes.Clone(l.Conn)
	return &c
}

// Content takes lines of content of which nothing is written down.
func (p *page) Content(l *transcripts.Line, block []byte) (octets, lines int) {
	if p.speaker != transcripts.Client || p.run < firstKept {
		return 0, 0
	}
	octets, lines = p.Sink.Content(l, block)
	if lines > 0 {
		p.run += lines
		p.out += lines + len(p.last)
		p.last = p.last[:0]
	}
	return octets, lines
}

// end hands on what was held back.
func (p *page) end() {
	for _, l := range [...]*transcripts.Line{p.sealed, p.closing} {
		if l != nil {
			p.write(l)
			p.Sink.Line(l)
		}
	}
	p.full = false
	p.turn()
}

// write writes a line down.
func (p *page) write(l *transcripts.Line) {
	if l.Note == transcripts.Opened || l.Note == transcripts.Fact {
		return
	}
	if p.plain == nil {
		p.plain = transcripts.NewListing(&p.buf)
	}
	p.buf.Reset()
	shown := *l
	shown.Conn, shown.At = nil, 0
	p.plain.Line(&shown)
	p.plain.Flush()
	if l.From != p.speaker {
		p.turn()
		p.speaker = l.From
	}
	p.run++
	r := row{text: strings.TrimSuffix(p.buf.String(), "\n")}
	switch {
	case l.From != transcripts.Recorder, l.Note == transcripts.Comment, l.Note == transcripts.Refused, l.Note == transcripts.Welcomed:
		r.line = l.Span.Line
	}
	p.full = p.full || p.octets+len(r.text) > mostKept
	switch {
	case p.full:
		p.out++
	case p.run <= firstKept:
		p.keep(r)
	case len(p.last) < lastKept:
		p.last = append(p.last, r)
	default:
		p.last = append(p.last[:copy(p.last, p.last[1:])], r)
		p.out++
	}
}

// turn ends a run of lines.
func (p *page) turn() {
	if p.full {
		return
	}
	if p.out > 0 {
		p.rows = append(p.rows, row{text: "# [left out] " + strconv.Itoa(p.out) + " lines"})
	}
	for _, r := range p.last {
		p.keep(r)
	}
	p.last, p.run, p.out = p.last[:0], 0, 0
}

func (p *page) keep(r row) {
	p.rows = append(p.rows, r)
	p.octets += len(r.text)
}
