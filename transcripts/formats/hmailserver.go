package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// hMailServer writes fields in quotes with tabs between them: as a server under
// SMTPD, as a client under SMTPC. A reply of several lines is one field with
// [nl] for the line ends. Content is left out, and passwords are hidden.
var hmailserver = &transcripts.Format{
	Name:     "hmailserver",
	Programs: "hMailServer 5 (log of SMTP, TCP/IP and debug)",
	Record:   "Settings, Logging: Enabled, SMTP and Debug; hmailserver_DATE.log",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Clock,
	First: `"`,
	Sign: func(line []byte) int {
		if r := readHmailserver(line); r.text > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &hmailserverDecoder{} },
}

// hmailserverRecord is a record of the log taken apart.
type hmailserverRecord struct {
	at      transcripts.Instant
	client  bool // hMailServer is the client
	session []byte
	sent    bool
	text    int // where the text begins; 0 where the record is none of a conversation
}

// readHmailserver reads: "SMTPD" thread session "time" "address" "SENT: ...".
func readHmailserver(line []byte) (r hmailserverRecord) {
	rest, ok := bytes.CutPrefix(line, []byte("\"SMTPD\"\t"))
	if !ok {
		if rest, r.client = bytes.CutPrefix(line, []byte("\"SMTPC\"\t")); !r.client {
			return r
		}
	}
	_, rest, _ = bytes.Cut(rest, []byte{'\t'})
	r.session, rest, _ = bytes.Cut(rest, []byte{'\t'})
	stamp, rest, _ := bytes.Cut(rest, []byte{'\t'})
	_, rest, ok = bytes.Cut(rest, []byte{'\t'})
	if !ok || len(stamp) < 2 || len(r.session) == 0 || number(r.session) < 0 {
		return hmailserverRecord{}
	}
	r.at, _ = dateTime(stamp[1:])
	n := len(line) - len(rest)
	switch {
	case bytes.HasPrefix(rest, []byte(`"SENT: `)):
		r.sent, r.text = true, n+len(`"SENT: `)
	case bytes.HasPrefix(rest, []byte(`"RECEIVED: `)):
		r.text = n + len(`"RECEIVED: `)
	}
	return r
}

type hmailserverDecoder struct {
	line     transcripts.Line // lent out
	sessions conns[struct{}]
	name     []byte
}

func (d *hmailserverDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readHmailserver(raw.Text)
	if r.text == 0 {
		d.event(raw, emit)
		return
	}
	text := bytes.TrimSuffix(raw.Text[r.text:], []byte{'"'})
	who := (&role{server: !r.client}).party(r.sent)
	if _, fresh := d.sessions.of(r.session); fresh && !r.client {
		emitProves(raw, r.session, hmailserver.Proves&^transcripts.Reaction, emit)
	}
	l := &d.line
	raw.Lend(l, who, r.text, r.text)
	l.At, l.Conn = r.at, r.session
	const longest = 490 // longer ones are cut in the middle
	if len(text) > longest && bytes.Contains(text, []byte(" ... ")) {
		l.From, l.Note = transcripts.Recorder, transcripts.LeftOut
		emit(l)
		return
	}
	for goesOn := true; goesOn; {
		l.Text, text, goesOn = bytes.Cut(text, []byte("[nl]"))
		emit(l)
	}
}

// event takes what the debug log says of sessions: "TCP connection started for
// session 154", "Ending session 154".
func (d *hmailserverDecoder) event(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	const started, ending = `"TCP connection started for session `, `"Ending session `
	if !bytes.HasPrefix(raw.Text, []byte("\"DEBUG\"\t")) {
		return
	}
	n := bytes.LastIndexByte(raw.Text, '\t') + 1
	note := transcripts.Opened
	session, ok := bytes.CutPrefix(raw.Text[n:], []byte(started))
	if !ok {
		if session, ok = bytes.CutPrefix(raw.Text[n:], []byte(ending)); !ok {
			return
		}
		note = transcripts.Closed
	}
	l := raw.Remark(note, n)
	l.Conn = bytes.TrimSuffix(session, []byte{'"'})
	d.sessions.forget(l.Conn)
	if number(l.Conn) >= 0 {
		emit(&l)
	}
}
