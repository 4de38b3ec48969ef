package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// sendmail writes its conversations into the system log from LogLevel 15 on:
// "<--" before commands and "---" before replies, behind a queue id that
// changes with each message. Of content it shows nothing.
var sendmailSyslog = &transcripts.Format{
	Name:     "sendmail-syslog",
	Programs: "sendmail 8.17 (LogLevel 15), in syslog",
	Record:   "sendmail -bD -O LogLevel=15, and the mail log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Secrets |
		transcripts.Clock,
	Holds: ":-",
	Sign: func(line []byte) int {
		if r, ok := readSyslog(line); ok && sendmailTag(r.tag) {
			if _, n := sendmailMark(line[r.text:]); n > 0 {
				return transcripts.Strong
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &sendmailSyslogDecoder{} },
}

// sendmailTag recognises the names that sendmail runs under.
func sendmailTag(tag []byte) bool {
	switch string(tag) {
	case "sendmail", "sm-mta", "sm-msp-queue", "sm-acceptingconnections":
		return true
	}
	return false
}

// sendmailMark reads "6ANEXYAP000009: <-- " and returns where the text begins;
// 0 where there is none.
func sendmailMark(msg []byte) (who transcripts.Party, text int) {
	n := bytes.IndexByte(msg, ':')
	if n < 7 || n > 20 || len(msg) < n+5 || msg[n+1] != ' ' {
		return 0, 0
	}
	switch string(msg[n+2 : n+5]) {
	case "<--":
		who = transcripts.Client
	case "---":
		who = transcripts.Server
	default:
		return 0, 0
	}
	if len(msg) > n+5 && msg[n+5] != ' ' {
		return 0, 0
	}
	return who, min(n+6, len(msg))
}

type sendmailSyslogDecoder struct {
	log     syslogReader
	line    transcripts.Line // lent out
	unquote repr
}

func (d *sendmailSyslogDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := &d.log
	if !r.read(raw.Text) || !sendmailTag(r.tag) {
		return
	}
	l := &d.line
	msg := raw.Text[r.text:]
	if who, n := sendmailMark(msg); n > 0 {
		raw.Lend(l, who, r.text, r.text+n)
		if bytes.IndexByte(l.Text, '\\') >= 0 {
			l.Text = d.unquote.whole(l.Text, 0)
		}
	} else {
		note, ok := sendmailNote(msg)
		if !ok {
			return
		}
		raw.Lend(l, transcripts.Recorder, r.text, r.text)
		l.Note = note
	}
	l.At, l.Conn = r.at, r.name()
	emit(l)
}

func sendmailNote(msg []byte) (transcripts.Note, bool) {
	switch {
	case bytes.HasPrefix(msg, []byte("NOQUEUE: connect from ")):
		return transcripts.Opened, true
	case bytes.HasPrefix(msg, []byte("STARTTLS=server, relay=")):
		return transcripts.Secured, true
	case bytes.Contains(msg, []byte(": lost input channel from ")), bytes.Contains(msg, []byte(": collect: premature EOM")):
		return transcripts.Comment, true
	case bytes.Contains(msg, []byte(" did not issue MAIL/EXPN/VRFY/ETRN during connection to ")):
		return transcripts.Closed, true
	}
	return 0, false
}
