package capture

import (
	"bytes"
	"io"

	"github.com/smtplint/smtplint/transcripts"
)

// readStreams reads the two directions of a connection that were recorded
// apart. What the client sent is put before its answer, command by command, as
// if it had waited for each: that is how replies find their commands (RFC 5321
// §4.2), whatever the true order was. Without answers, in is one direction,
// whichever.
func readStreams(in, answers io.Reader, to transcripts.Sink) error {
	a := newStream(in, transcripts.Client)
	defer a.src.release()
	if answers == nil {
		if Serves(a.head()) {
			a.from = transcripts.Server
		}
		for !to.Stopped() && a.next() {
			to.Line(&a.line)
		}
		return a.src.fault()
	}
	b := newStream(answers, transcripts.Server)
	defer b.src.release()
	d := &duet{client: a, server: b, to: to}
	d.play()
	if err := a.src.fault(); err != nil {
		return err
	}
	return b.src.fault()
}

// A stream cuts one direction into lines.
type stream struct {
	src    *source
	from   transcripts.Party
	line   transcripts.Line
	number uint32
	offset int64
	gap    int64 // octets that are missing behind the line, to be told next
}

func newStream(in io.Reader, from transcripts.Party) *stream {
	return &stream{src: newSource(in), from: from}
}

func (s *stream) head() []byte {
	b := s.src.see(4)
	if b == nil {
		b = s.src.buf[s.src.r:s.src.w]
	}
	return b
}

// next makes line the next line, or a gap, and reports whether there is one.
func (s *stream) next() bool {
	if s.gap > 0 {
		s.tellGap()
		return true
	}
	b, eol := s.physical()
	if len(b) == 0 {
		return false
	}
	text := b
	switch eol {
	case transcripts.CRLF:
		text = b[:len(b)-2]
	case transcripts.LF:
		text = b[:len(b)-1]
	}
	// tcpflow leaves NUL where octets are missing; one or two of them may have
	// been sent.
	if n := bytes.Index(text, []byte("\x00\x00\x00")); n >= 0 {
		s.gap = int64(len(b) - n)
		text, eol = text[:n], transcripts.NoEOL
		if n == 0 {
			s.take(len(b))
			s.tellGap()
			return true
		}
	}
	s.number++
	s.line = transcripts.Line{From: s.from, Text: text, EOL: eol, Span: s.span(len(text))}
	s.take(len(b))
	return true
}

func (s *stream) span(length int) transcripts.Span {
	return transcripts.Span{Offset: s.offset, Line: max(1, s.number), Column: 1, Length: uint32(length)}
}

func (s *stream) take(n int) {
	s.offset += int64(n)
	s.src.take(n)
}

func (s *stream) tellGap() {
	note := transcripts.ClientGap
	if s.from == transcripts.Server {
		note = transcripts.ServerGap
	}
	s.line = transcripts.Line{From: transcripts.Recorder, Note: note, Cut: s.gap, Span: s.span(0)}
	s.gap = 0
}

// physical returns the octets up to the next LF, or as many as a line may have.
func (s *stream) physical() ([]byte, transcripts.EOL) {
	for size := 1 << 10; ; size *= 4 {
		b := s.src.see(min(size, longestLine))
		whole := b == nil
		if whole {
			b = s.src.buf[s.src.r:s.src.w]
		}
		if n := bytes.IndexByte(b, '\n'); n >= 0 {
			if n > 0 && b[n-1] == '\r' {
				return b[:n+1], transcripts.CRLF
			}
			return b[:n+1], transcripts.LF
		}
		if whole || size >= longestLine {
			return b, transcripts.NoEOL
		}
	}
}

// duet plays a client and a server that take turns.
type duet struct {
	client, server *stream
	to             transcripts.Sink
	code           []byte // of the last reply
	lmtp           bool
	accepted       int // recipients, for LMTP
	over           bool
}

func (d *duet) play() {
	d.answer()
	for !d.over && d.command() {
	}
	for !d.over && !d.to.Stopped() && d.server.next() {
		d.to.Line(&d.server.line)
	}
}

// answer hands out one reply, to its last line.
func (d *duet) answer() {
	d.code = d.code[:0]
	for !d.to.Stopped() && d.server.next() {
		l := &d.server.line
		d.to.Line(l)
		if l.From == transcripts.Server && !(replies(l.Text) && len(l.Text) > 3 && l.Text[3] == '-') {
			d.code = append(d.code[:0], l.Text[:min(3, len(l.Text))]...)
			return
		}
	}
}

// command hands out what the client sends next, with its reply, and reports
// whether there was something.
func (d *duet) command() bool {
	if d.to.Stopped() || !d.client.next() {
		return false
	}
	l := &d.client.line
	if string(d.code) == "220" && handshakes(l) {
		d.to.Line(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Encrypted, Span: l.Span})
		d.over = true
		return false
	}
	d.to.Line(l)
	if l.From == transcripts.Recorder {
		return true
	}
	verb := transcripts.VerbOf(l.Text)
	last := verb == transcripts.BDAT && bytes.HasSuffix(bytes.ToUpper(l.Text), []byte("LAST"))
	switch verb {
	case transcripts.BDAT:
		n, _ := transcripts.ChunkSize(l.Text)
		d.payload(n)
	case transcripts.LHLO:
		d.lmtp = true
	}
	if d.answers(last); verb == transcripts.RCPT && bytes.HasPrefix(d.code, []byte{'2'}) {
		d.accepted++
	}
	if verb == transcripts.DATA && string(d.code) == "354" {
		d.content()
		d.answers(true)
	}
	return true
}

// answers hands out the replies to a command or to a message: in LMTP one for
// each recipient (RFC 2033 §4.2).
func (d *duet) answers(message bool) {
	n := 1
	if message && d.lmtp {
		n = d.accepted
	}
	if message {
		d.accepted = 0
	}
	for range n {
		d.answer()
	}
}

// content hands out a message, to the line with only a period.
func (d *duet) content() {
	for !d.to.Stopped() && d.client.next() {
		l := &d.client.line
		d.to.Line(l)
		if string(l.Text) == "." && l.EOL == transcripts.CRLF {
			return
		}
	}
}

// payload hands out the octets that BDAT has announced.
func (d *duet) payload(n int64) {
	for n > 0 && !d.to.Stopped() {
		b, _ := d.client.physical()
		if int64(len(b)) > n { // the chunk ends within a line
			d.client.number++
			d.to.Line(&transcripts.Line{From: transcripts.Client, Text: b[:n], EOL: transcripts.NoEOL, Span: d.client.span(int(n))})
			d.client.take(int(n))
			return
		}
		if !d.client.next() {
			return
		}
		n -= int64(len(b))
		d.to.Line(&d.client.line)
	}
}

func handshakes(l *transcripts.Line) bool {
	return l.From == transcripts.Client && len(l.Text) > 0 && handshake(l.Text)
}
