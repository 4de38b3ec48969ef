package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// proxsmtp and clamsmtp stand between a client and a server, and write down
// both conversations: "<" before what came from the peer that is named, ">"
// before what went there. Content is left out.
var proxsmtp = &transcripts.Format{
	Name:     "proxsmtp",
	Programs: "proxsmtp 1.10, clamsmtp (-d 4)",
	Record:   "proxsmtpd -d 4 2> session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Secrets | transcripts.Clock,
	Holds: "E:", HoldsOne: "<>",
	Sign: func(line []byte) int {
		s, ok := readSyslog(line)
		r := readProxsmtp(line, &s, ok)
		if _, n := proxsmtpMark(line[r.text:]); r.text > 0 && n > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &proxsmtpDecoder{} },
}

// proxsmtpRecord is what stands before the words of a line.
type proxsmtpRecord struct {
	at   transcripts.Instant
	id   []byte
	text int // 0 where the line is none of a session
}

// readProxsmtp reads "proxsmtpd: 100000: ", alone or behind the header s of a
// record.
func readProxsmtp(line []byte, s *syslogRecord, logged bool) (r proxsmtpRecord) {
	n := 0
	if logged {
		n, r.at = s.text, s.at
	} else if n = bytes.Index(line[:min(len(line), 20)], []byte("smtpd: ")); n > 0 {
		n += len("smtpd: ")
	} else {
		return r
	}
	rest := line[n:]
	if len(rest) < 8 || rest[6] != ':' || rest[7] != ' ' {
		return r
	}
	for _, c := range rest[:6] {
		if !isDigit(c) && (c < 'A' || 'F' < c) {
			return r
		}
	}
	r.id, r.text = rest[:6], n+8
	return r
}

// proxsmtpMark reads "CLIENT < " and returns the peer and where the text
// begins; 0 where there is none.
func proxsmtpMark(words []byte) (peer transcripts.Party, text int) {
	if len(words) < 8 || words[6] != ' ' {
		return 0, 0
	}
	switch string(words[:6]) {
	case "CLIENT":
		peer = transcripts.Client
	case "SERVER":
		peer = transcripts.Server
	default:
		return 0, 0
	}
	if words[7] != '<' && words[7] != '>' || len(words) > 8 && words[8] != ' ' {
		return 0, 0
	}
	return peer, min(9, len(words))
}

type proxsmtpDecoder struct {
	log  syslogReader
	line transcripts.Line // lent out
	conn []byte
}

func (d *proxsmtpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	logged := d.log.read(raw.Text)
	r := readProxsmtp(raw.Text, &d.log.syslogRecord, logged)
	if r.text == 0 {
		return
	}
	words := raw.Text[r.text:]
	l := &d.line
	raw.Lend(l, transcripts.Recorder, r.text, r.text)
	peer, n := proxsmtpMark(words)
	switch {
	case n > 0:
		from := peer
		if words[7] == '>' {
			from = 1 - peer
		}
		raw.Lend(l, from, r.text, r.text+n)
	case bytes.HasPrefix(words, []byte("accepted connection from: ")):
		peer, l.Note = transcripts.Client, transcripts.Opened
	case bytes.HasPrefix(words, []byte("SERVER connected to: ")):
		peer, l.Note = transcripts.Server, transcripts.Opened
	case string(words) == "CLIENT connection closed":
		peer, l.Note = transcripts.Client, transcripts.Closed
	case string(words) == "SERVER connection closed":
		peer, l.Note = transcripts.Server, transcripts.Closed
	default:
		return
	}
	d.conn = append(append(append(d.conn[:0], r.id...), '/'), peer.String()...)
	l.At, l.Conn = r.at, d.conn
	emit(l)
	if l.Note == transcripts.Opened && l.From == transcripts.Recorder && peer == transcripts.Client {
		emitProves(raw, d.conn, proxsmtp.Proves&^transcripts.Reaction, emit)
	}
}
