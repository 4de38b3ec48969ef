package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// MailHog writes what it read and what it wrote as it did so, with the number
// of octets. CR and LF are escaped, a backslash is not.
var mailhog = &transcripts.Format{
	Name:     "mailhog",
	Programs: "MailHog e6fa068",
	Record:   "MailHog 2> session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock,
	First: digits,
	Sign: func(line []byte) int {
		if r := readMailhog(line); r.quote > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &mailhogDecoder{} },
}

// mailhogRecord is a record about one session.
type mailhogRecord struct {
	at     transcripts.Instant
	conn   []byte
	words  int // where the words begin; 0 where the line is none of a session
	sent   bool
	octets int // of what was read or written
	quote  int // where that begins, behind the quote; 0 for other words
}

// readMailhog reads "2006/01/02 15:04:05 [SMTP address:port] Sent 3 bytes: '...'".
func readMailhog(line []byte) (r mailhogRecord) {
	at, n := dateTime(line)
	if n == 0 || !bytes.HasPrefix(line[n:], []byte(" [SMTP ")) {
		return r
	}
	n += len(" [SMTP ")
	end := bytes.Index(line[n:], []byte("] "))
	if end < 0 {
		return r
	}
	r.at, r.conn, r.words = at, line[n:n+end], n+end+2
	words := line[r.words:]
	rest, ok := bytes.CutPrefix(words, []byte("Received "))
	if !ok {
		if rest, r.sent = bytes.CutPrefix(words, []byte("Sent ")); !r.sent {
			return r
		}
	}
	count, rest, ok := bytes.Cut(rest, []byte(" bytes: '"))
	if r.octets = number(count); ok && r.octets >= 0 && len(count) > 0 && len(count) < 10 {
		r.quote = len(line) - len(rest)
	}
	return r
}

type mailhogDecoder struct {
	taps
	octets []byte
}

func (d *mailhogDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readMailhog(raw.Text)
	if r.words == 0 {
		return
	}
	c := chunk{conn: r.conn, at: r.at, span: raw.Span.Part(r.words, len(raw.Text)-r.words)}
	if r.sent {
		c.end = 1
	}
	switch words := raw.Text[r.words:]; {
	case r.quote > 0:
		if d.unescape(raw.Text[r.quote:], r.octets) {
			c.octets = d.octets
			d.feed(&c, emit)
		} else {
			d.lost(&c, false, emit)
		}
	case string(words) == "Starting session":
		d.closed(&c, transcripts.Closed, emit)
		d.place = c.span
		d.note(transcripts.Opened, &c, emit)
	case string(words) == "Connection closed by remote host":
		d.closed(&c, transcripts.ClientClosed, emit)
	case string(words) == "Session ended":
		d.closed(&c, transcripts.Closed, emit)
	}
}

// unescape makes n octets of text up to its last quote. It reports false where
// there are more escapes than the number leaves room for: a backslash in the
// content looks like one.
func (d *mailhogDecoder) unescape(text []byte, n int) bool {
	end := bytes.LastIndexByte(text, '\'')
	if end < 0 {
		return false
	}
	d.octets = d.octets[:0]
	for i := 0; i < end; i++ {
		c := text[i]
		if c == '\\' && i+1 < end && (text[i+1] == 'r' || text[i+1] == 'n') {
			i++
			c = simpleEscape(text[i])
		}
		d.octets = append(d.octets, c)
	}
	return len(d.octets) == n
}
