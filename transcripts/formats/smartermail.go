package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// SmarterMail writes "cmd:" and "rsp:" behind the address and number of a
// session where it is the server, and "CMD:" and "RSP:" behind a delivery's
// number where it is the client. The lines of a reply stand in one, without
// anything between them. Content is left out.
var smartermail = &transcripts.Format{
	Name:     "smartermail",
	Programs: "SmarterMail (smtpLog.log and delivery.log)",
	Record:   "Settings, Logging: SMTP and Delivery at level Detailed; the files in SmarterMail\\Logs",
	Proves:   transcripts.Opening | transcripts.Closing | transcripts.Order | transcripts.Reaction | transcripts.Clock,
	First:    digits,
	Sign: func(line []byte) int {
		if r := readSmartermail(line); r.text > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &smartermailDecoder{} },
}

type smartermailRecord struct {
	at      transcripts.Instant
	session []byte
	words   int // what was logged begins here; 0: it is no record
	text    int // and here what was said; 0: nothing was
	who     transcripts.Party
	sends   bool // SmarterMail is the client
}

// readSmartermail reads "08:01:50.534 [192.0.2.1][29742033] rsp: " and
// "14:08:54.154 [313455-1] CMD: ".
func readSmartermail(line []byte) (r smartermailRecord) {
	at, n := timeOfDay(line)
	if n == 0 || n+1 >= len(line) || line[n] != ' ' || line[n+1] != '[' {
		return r
	}
	from := n + 1
	end := bytes.IndexByte(line[from:], ' ')
	if end < 2 || line[from+end-1] != ']' {
		return r
	}
	r.at, r.session, r.words = at, line[from+1:from+end-1], from+end+1
	if n := bytes.Index(r.session, []byte("][")); n >= 0 {
		r.session = r.session[n+2:]
	}
	words := line[r.words:]
	if len(words) < 5 || words[3] != ':' || words[4] != ' ' {
		return r
	}
	switch string(words[:3]) {
	case "cmd":
	case "CMD":
		r.sends = true
	case "rsp":
		r.who = transcripts.Server
	case "RSP":
		r.who, r.sends = transcripts.Server, true
	default:
		return r
	}
	r.text = r.words + 5
	return r
}

type smartermailDecoder struct{ known conns[struct{}] }

func (d *smartermailDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readSmartermail(raw.Text)
	if r.words == 0 {
		return
	}
	if r.text == 0 {
		d.event(raw, &r, emit)
		return
	}
	if _, fresh := d.known.of(r.session); fresh && !r.sends {
		emitProves(raw, r.session, smartermail.Proves&^transcripts.Reaction, emit)
	}
	l := raw.Line(r.who, r.words, r.text)
	l.At, l.Conn = r.at, r.session
	if r.who == transcripts.Client {
		emit(&l)
		return
	}
	for rest := l.Text; ; {
		n := nextOfReply(rest)
		if n == 0 {
			l.Text = rest
			emit(&l)
			return
		}
		l.Text = rest[:n]
		emit(&l)
		rest = rest[n:]
	}
}

// nextOfReply returns where the next line of a reply begins in lines that were
// put together, or 0: with the same code, behind a line that is not the last.
func nextOfReply(reply []byte) int {
	if !replyShaped(reply) || len(reply) < 4 || reply[3] != '-' {
		return 0
	}
	for n := 4; n+4 <= len(reply); n++ {
		if bytes.Equal(reply[n:n+3], reply[:3]) && (reply[n+3] == '-' || reply[n+3] == ' ') {
			return n
		}
	}
	return 0
}

func (d *smartermailDecoder) event(raw *transcripts.Raw, r *smartermailRecord, emit func(*transcripts.Line)) {
	words := raw.Text[r.words:]
	note := transcripts.Opened
	switch {
	case bytes.HasPrefix(words, []byte("connected at ")):
		d.known.forget(r.session)
	case bytes.HasPrefix(words, []byte("disconnected at ")):
		note = transcripts.Closed
	default:
		return
	}
	l := raw.Remark(note, r.words)
	l.At, l.Conn = r.at, r.session
	emit(&l)
}
