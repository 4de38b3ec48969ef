package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Postfix writes its conversations into the mail log, each line behind its own
// view: ">" before what it sent, "<" before what it received, and the name and
// address of the peer. Of content it shows nothing. One process serves many
// sessions, one after the other.
var postfix = &transcripts.Format{
	Name:     "postfix",
	Programs: "Postfix 3.7 smtpd, smtp and lmtp (-v, debug_peer_list), in files of postlogd, syslog and rsyslog",
	Record:   "smtpd -v in master.cf, or debug_peer_list = ADDRESS in main.cf, and the mail log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Secrets | transcripts.Clock | transcripts.Outcome,
	Sign: func(line []byte) int {
		r, ok := readSyslog(line)
		if !ok {
			return 0
		}
		msg := line[r.text:]
		if _, n := postfixMark(msg); n > 0 {
			return transcripts.Strong
		}
		for _, s := range postfixVerbose {
			if bytes.HasPrefix(msg, []byte(s)) && bytes.HasPrefix(r.tag, []byte("postfix")) {
				return transcripts.Weak
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &postfixDecoder{} },
}

// postfixVerbose begins lines that are written with -v only. There may be very
// many of them before the first one of a conversation.
var postfixVerbose = []string{"dict_", "mac_parse: ", "name_mask: ", "match_", "input attribute ", "send attr "}

// postfixMark reads "> name[address]: " or "> name[address]:port: " and returns
// the direction and where the text begins; 0 where there is none.
func postfixMark(msg []byte) (mark byte, text int) {
	if len(msg) < 6 || msg[0] != '<' && msg[0] != '>' || msg[1] != ' ' {
		return 0, 0
	}
	open := bytes.IndexByte(msg[2:], '[')
	if open <= 0 || bytes.IndexByte(msg[2:2+open], ' ') >= 0 {
		return 0, 0
	}
	n := bytes.IndexByte(msg, ']')
	if n < 0 {
		return 0, 0
	}
	for n++; n < len(msg) && (isDigit(msg[n]) || msg[n] == ':'); n++ {
		if msg[n] == ':' && (n+1 == len(msg) || msg[n+1] == ' ') {
			return msg[0], min(n+2, len(msg))
		}
	}
	return 0, 0
}

type postfixDecoder struct {
	line  transcripts.Line // lent out
	conn  []byte
	roles conns[role]
}

// role says which side of a connection the recorder is on.
type role struct{ server bool }

// party returns who speaks, from the recorder's view.
func (r *role) party(sent bool) transcripts.Party {
	if sent == r.server {
		return transcripts.Server
	}
	return transcripts.Client
}

func (d *postfixDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r, ok := readSyslog(raw.Text)
	if !ok {
		return
	}
	d.conn = r.appendConn(d.conn[:0])
	mark, text := postfixMark(raw.Text[r.text:])
	if text == 0 {
		d.remark(raw, &r, emit)
		return
	}
	body := raw.Text[r.text+text:]
	k, fresh := d.roles.of(d.conn)
	if fresh {
		k.server = replyShaped(body) == (mark == '>')
		proves := postfix.Proves &^ transcripts.Closing // a client does not wait for the reply to QUIT
		if k.server {
			proves = postfix.Proves &^ (transcripts.Reaction | transcripts.Outcome)
		}
		emitProves(raw, d.conn, proves, emit)
	}
	l := &d.line
	raw.Lend(l, k.party(mark == '>'), r.text, r.text+text)
	l.At, l.Conn = r.at, d.conn
	emit(l)
	if l.From == transcripts.Client && !k.server && string(body) == "QUIT" {
		d.roles.forget(d.conn) // this process goes on to another server
	}
}

// remark takes a record that is not part of a conversation. Only few of them
// say something about one.
func (d *postfixDecoder) remark(raw *transcripts.Raw, r *syslogRecord, emit func(*transcripts.Line)) {
	note, ok := postfixNote(raw.Text[r.text:])
	if !ok || !bytes.Contains(r.tag, []byte("smtp")) && !bytes.HasSuffix(r.tag, []byte("lmtp")) && string(r.tag) != "postfix" {
		return
	}
	if note == transcripts.Opened || note == transcripts.Closed {
		d.roles.forget(d.conn)
	}
	l := &d.line
	*l = raw.Remark(note, r.text)
	l.At, l.Conn = r.at, d.conn
	emit(l)
}

func postfixNote(msg []byte) (transcripts.Note, bool) {
	switch {
	case bytes.HasPrefix(msg, []byte("connect from ")):
		return transcripts.Opened, true
	case bytes.HasPrefix(msg, []byte("disconnect from ")):
		return transcripts.Closed, true
	case bytes.HasPrefix(msg, []byte("lost connection after ")):
		return transcripts.ClientClosed, true
	case bytes.HasPrefix(msg, []byte("timeout after ")):
		return transcripts.ServerClosed, true
	case bytes.HasPrefix(msg, []byte("improper command pipelining after ")),
		bytes.HasPrefix(msg, []byte("too many errors after ")),
		bytes.HasPrefix(msg, []byte("warning: non-SMTP command from ")),
		bytes.HasPrefix(msg, []byte("SSL_accept error from ")),
		bytes.HasPrefix(msg, []byte("SSL_connect error to ")):
		return transcripts.Comment, true
	case bytes.Contains(msg, []byte(" TLS connection established ")):
		return transcripts.Secured, true
	case bytes.Contains(msg, []byte(": to=<")) && bytes.Contains(msg, []byte(", status=")):
		return transcripts.Comment, true
	}
	return 0, false
}
