package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// IceWarp, once Merak, writes ">>>" before what it sent and "<<<" before what
// it received, behind the address of the other side, a session's number in
// brackets, and the time. Content is left out.
var icewarp = &transcripts.Format{
	Name:     "icewarp",
	Programs: "IceWarp and Merak Mail Server (SMTP log)",
	Record:   "System, Services, SMTP: Logging: Extended; the files sYYYYMMDD.log in logs/smtp",
	Proves:   transcripts.Opening | transcripts.Closing | transcripts.Order | transcripts.Reaction | transcripts.Clock,
	First:    digits + "abcdefABCDEF:",
	Sign: func(line []byte) int {
		if r := readIcewarp(line); r.text > 0 && icewarpMark(line[r.text:]) != 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &icewarpDecoder{} },
}

type icewarpRecord struct {
	at      transcripts.Instant
	session []byte
	text    int // where the words begin; 0: it is no record
}

// readIcewarp reads "192.0.2.1 [00000A1C] Thu, 22 Apr 2004 22:01:42 +0200 ".
func readIcewarp(line []byte) (r icewarpRecord) {
	if len(line) == 0 || !isHex(line[0]) && line[0] != ':' {
		return r
	}
	n := wordEnd(line) + 1
	id, next := inBrackets(line, min(n, len(line)))
	if next == 0 || len(id) == 0 || len(id) > 8 || len(bytes.Trim(id, "0123456789ABCDEF")) > 0 {
		return r
	}
	at, length := mailDate(line[next:])
	if length == 0 || next+length >= len(line) || line[next+length] != ' ' {
		return r
	}
	return icewarpRecord{at, id, next + length + 1}
}

// mailDate reads "Thu, 22 Apr 2004 22:01:42 +0200" as RFC 5322 §3.3 has it,
// with a day of two digits, and returns how long it is; 0 where there is none.
func mailDate(text []byte) (transcripts.Instant, int) {
	const length = len("Thu, 22 Apr 2004 22:01:42 +0200")
	if len(text) < length || text[3] != ',' || text[4] != ' ' || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' {
		return 0, 0
	}
	month := monthOf(text[8:11])
	if month == 0 || number(text[5:7]) < 0 || number(text[12:16]) < 0 {
		return 0, 0
	}
	stamp := make([]byte, 0, 19)
	stamp = append(append(stamp, text[12:16]...), '-', byte('0'+int(month)/10), byte('0'+int(month)%10), '-')
	stamp = append(append(append(stamp, text[5:7]...), ' '), text[17:25]...)
	at, n := dateTime(stamp)
	zone, _ := zoneOffset(text, 26)
	if n == 0 {
		return 0, 0
	}
	return at - transcripts.Instant(zone), length
}

func icewarpMark(words []byte) byte {
	switch {
	case bytes.HasPrefix(words, []byte(">>> ")):
		return '>'
	case bytes.HasPrefix(words, []byte("<<< ")):
		return '<'
	}
	return 0
}

type icewarpDecoder struct{ roles conns[role] }

func (d *icewarpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readIcewarp(raw.Text)
	if r.text == 0 {
		return
	}
	words := raw.Text[r.text:]
	mark := icewarpMark(words)
	if mark == 0 {
		note := transcripts.Comment
		switch string(words) {
		case "Connected":
			d.roles.forget(r.session)
			note = transcripts.Opened
		case "Disconnected":
			note = transcripts.Closed
		default:
			return
		}
		l := raw.Remark(note, r.text)
		l.At, l.Conn = r.at, r.session
		emit(&l)
		return
	}
	k, fresh := d.roles.of(r.session)
	if fresh {
		if k.server = replyShaped(words[4:]) == (mark == '>'); k.server {
			emitProves(raw, r.session, icewarp.Proves&^transcripts.Reaction, emit)
		}
	}
	l := raw.Line(k.party(mark == '>'), r.text, r.text+4)
	l.At, l.Conn = r.at, r.session
	emit(&l)
}
