package formats

import (
	"bytes"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// recordio copies what passes through it, behind the number of the process:
// "<" before what the program reads, ">" before what it writes. A blank at the
// end stands for LF, a plus sign for none. multilog and tai64nlocal put times
// before that.
var recordio = &transcripts.Format{
	Name:     "recordio",
	Programs: "recordio of ucspi-tcp 0.88, with and without multilog's times",
	Record:   "tcpserver 0 25 recordio qmail-smtpd 2> session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock,
	HoldsOne: "<>",
	Sign: func(line []byte) int {
		if r := readRecordio(line); r.text > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &recordioDecoder{} },
}

// recordioLine is a line taken apart.
type recordioLine struct {
	at   transcripts.Instant
	pid  []byte
	mark byte
	text int  // where the octets begin; 0 where the line is none of recordio
	ends bool // with LF; else the octets go on
	eof  bool
}

func readRecordio(line []byte) (r recordioLine) {
	at, n := tai64n(line)
	if n == 0 && len(line) > 30 && line[4] == '-' {
		if at, n = dateTime(line); n > 0 && n < len(line) {
			n++
		}
	}
	p := processNumber(line[n:])
	if p == 0 || len(line) < n+p+3 {
		return r
	}
	rest := line[n+p:]
	if rest[0] != '<' && rest[0] != '>' || rest[1] != ' ' {
		return r
	}
	last := rest[len(rest)-1]
	r.eof = string(rest[2:]) == "[EOF]"
	if last != ' ' && last != '+' && !r.eof {
		return r
	}
	r.at, r.pid, r.mark, r.text, r.ends = at, line[n:n+p-1], rest[0], n+p+2, last == ' '
	return r
}

// tai64n reads "@400000006b04518331e36e54 " and returns how long it is; 0 where
// there is none. The label counts seconds from 2^62 at 1970-01-01 TAI; programs
// make it from the time of the system by adding ten seconds, and know of no
// leap seconds.
func tai64n(line []byte) (transcripts.Instant, int) {
	const length = len("@400000006b04518331e36e54 ")
	if len(line) < length || line[0] != '@' || line[length-1] != ' ' {
		return 0, 0
	}
	var sec, nano int64
	for i, c := range line[1 : length-1] {
		if !isHex(c) {
			return 0, 0
		}
		if i < 16 {
			sec = sec<<4 | int64(hex(c))
		} else {
			nano = nano<<4 | int64(hex(c))
		}
	}
	if sec -= 1<<62 + 10; sec < 0 || sec > 1<<33 {
		return 0, 0
	}
	return transcripts.At(time.Unix(sec, nano)), length
}

type recordioDecoder struct {
	taps
	octets []byte
}

func (d *recordioDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readRecordio(raw.Text)
	if r.text == 0 {
		d.tcpserver(raw, emit)
		return
	}
	c := chunk{conn: r.pid, at: r.at, span: raw.Span.Part(r.text-2, len(raw.Text)-r.text+1)}
	if r.mark == '>' {
		c.end = 1
	}
	if r.eof {
		note := transcripts.ClientClosed
		if k, _ := d.conns.of(r.pid); k.known && k.server == c.end {
			note = transcripts.ServerClosed
		}
		d.closed(&c, note, emit)
		return
	}
	d.octets = append(d.octets[:0], raw.Text[r.text:len(raw.Text)-1]...)
	if r.ends {
		d.octets = append(d.octets, '\n')
	}
	c.octets = d.octets
	if raw.Cut > 0 {
		d.lost(&c, false, emit)
		return
	}
	d.feed(&c, emit)
}

// tcpserver takes "tcpserver: pid 13570 from 127.0.0.1": a connection begins.
func (d *recordioDecoder) tcpserver(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	const words = "tcpserver: pid "
	n := bytes.Index(raw.Text[:min(len(raw.Text), 64)], []byte(words))
	if n < 0 {
		return
	}
	n += len(words)
	if p := processNumber(raw.Text[n:]); p > 0 {
		c := chunk{conn: raw.Text[n : n+p-1], span: raw.Span.Part(n, p-1)}
		d.closed(&c, transcripts.Closed, emit)
		d.place = c.span
		d.note(transcripts.Opened, &c, emit)
	}
}
