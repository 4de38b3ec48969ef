package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Dovecot writes what it reads and what it writes into two files, each line
// behind the time at which it was read. They can be merged by that time. What
// comes before the login is in neither.
var dovecotRawlog = &transcripts.Format{
	Name:     "dovecot-rawlog",
	Programs: "Dovecot 2.3.19 (rawlog_dir, submission_relay_rawlog_dir, lmtp_rawlog_dir)",
	Record:   "rawlog_dir = /var/log/rawlog/%u, then sort -m FILE.in FILE.out > session.log",
	Captured: true,
	Proves: transcripts.Closing | transcripts.Unbroken | transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds |
		transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Clock,
	First: digits,
	Sign: func(line []byte) int {
		if _, n := rawlogTime(line); n > 0 && smtpShaped(line[n:]) {
			return transcripts.Strong
		}
		return 0
	},
	New: newRawlog,
}

// rawlogTime reads "1795446679.528102 " and returns how long it is; 0 where
// there is none.
func rawlogTime(line []byte) (transcripts.Instant, int) {
	const length = len("1795446679.528102 ")
	if len(line) < length || line[10] != '.' || line[length-1] != ' ' {
		return 0, 0
	}
	at := epoch(line[:length-1])
	if at == 0 || number(line[11:length-1]) < 0 {
		return 0, 0
	}
	return at, length
}

type rawlogDecoder struct {
	line      transcripts.Line // lent out
	who       unmarked
	one       bool // only one side is in the recording
	side      transcripts.Party
	ends      ends
	continued transcripts.Instant // of the line that goes on
}

// newRawlog finds out whether the head shows one side only: content can look
// like replies.
func newRawlog(head []byte) transcripts.Decoder {
	replies, others := 0, 0
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte{'\n'})
		if _, n := rawlogTime(line); n > 0 {
			if replyShaped(withoutCR(line[n:])) {
				replies++
			} else {
				others++
			}
		}
	}
	d := &rawlogDecoder{one: replies == 0 || others == 0}
	if others == 0 {
		d.side = transcripts.Server
	}
	return d
}

func (d *rawlogDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, n := rawlogTime(raw.Text)
	if n > 0 {
		d.continued = at
	}
	who := d.side
	if !d.one {
		who = d.who.next(raw.Text[n:])
	}
	l := &d.line
	raw.Lend(l, who, 0, n)
	l.At = d.continued
	d.ends.of(raw, l)
	emit(l)
}
