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
	end := bytes.IndexByte(msg[2:], ' ') + 2
	if end < 2 {
		end = len(msg)
	}
	peer := msg[2:end]
	if bytes.IndexByte(peer, '[') <= 0 || peer[len(peer)-1] != ':' {
		return 0, 0
	}
	n := len(peer) - 1
	for n > 0 && (isDigit(peer[n-1]) || peer[n-1] == ':') {
		n--
	}
	if n == 0 || peer[n-1] != ']' {
		return 0, 0
	}
	return msg[0], min(end+1, len(msg))
}

type postfixDecoder struct {
	log       syslogReader
	line      transcripts.Line // lent out
	processes conns[postfixProcess]
}

// postfixProcess is a process in a session.
type postfixProcess struct {
	role
	name []byte
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
	r := &d.log
	if !r.read(raw.Text) {
		return
	}
	mark, text := postfixMark(raw.Text[r.text:])
	if text == 0 {
		d.remark(raw, emit)
		return
	}
	body := raw.Text[r.text+text:]
	k := d.processes.recent(r.parts(raw.Text))
	if k == nil {
		k = d.process(raw, replyShaped(body) == (mark == '>'), emit)
	}
	l := &d.line
	raw.Lend(l, k.party(mark == '>'), r.text, r.text+text)
	l.At, l.Conn = r.at, k.name
	emit(l)
	if l.From == transcripts.Client && !k.server && string(body) == "QUIT" {
		d.processes.forget(k.name) // this process goes on to another server
	}
}

// process returns the process that wrote the last record. Where it has said
// nothing in this session yet, this is the server if what it says looks like
// that.
func (d *postfixDecoder) process(raw *transcripts.Raw, server bool, emit func(*transcripts.Line)) *postfixProcess {
	conn := d.log.name()
	k, fresh := d.processes.of(conn)
	if fresh {
		k.name, k.server = bytes.Clone(conn), server
		proves := postfix.Proves &^ transcripts.Closing // a client does not wait for the reply to QUIT
		if server {
			proves = postfix.Proves &^ (transcripts.Reaction | transcripts.Outcome)
		}
		emitProves(raw, conn, proves, emit)
	}
	return k
}

// remark takes a record that is not part of a conversation. Only few of them
// say something about one.
func (d *postfixDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := &d.log
	note, ok := postfixNote(raw.Text[r.text:])
	if !ok || !bytes.Contains(r.tag, []byte("smtp")) && !bytes.HasSuffix(r.tag, []byte("lmtp")) && string(r.tag) != "postfix" {
		return
	}
	conn := r.name()
	if note == transcripts.Opened || note == transcripts.Closed {
		d.processes.forget(conn)
	}
	l := &d.line
	*l = raw.Remark(note, r.text)
	l.At, l.Conn = r.at, conn
	emit(l)
}

func postfixNote(msg []byte) (transcripts.Note, bool) {
	if len(msg) == 0 {
		return 0, false
	}
	switch msg[0] {
	case 'c', 'd', 'l', 't', 'i', 'w', 'S':
		for i := range postfixNotes {
			if n := &postfixNotes[i]; bytes.HasPrefix(msg, []byte(n.begins)) {
				return n.note, true
			}
		}
	}
	word := wordEnd(msg)
	switch {
	case bytes.HasPrefix(msg[word:], []byte(" TLS connection established ")):
		return transcripts.Secured, true
	case word > 0 && bytes.HasPrefix(msg[word:], []byte(" to=<")) && msg[word-1] == ':' && bytes.Contains(msg, []byte(", status=")):
		return transcripts.Comment, true
	}
	return 0, false
}

var postfixNotes = [...]struct {
	begins string
	note   transcripts.Note
}{
	{"connect from ", transcripts.Opened},
	{"disconnect from ", transcripts.Closed},
	{"lost connection after ", transcripts.ClientClosed},
	{"timeout after ", transcripts.ServerClosed},
	{"improper command pipelining after ", transcripts.Comment},
	{"too many errors after ", transcripts.Comment},
	{"warning: non-SMTP command from ", transcripts.Comment},
	{"SSL_accept error from ", transcripts.Comment},
	{"SSL_connect error to ", transcripts.Comment},
}
