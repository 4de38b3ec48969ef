package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// JavaMail marks only its own words, "DEBUG SMTP:". Who speaks on the other
// lines follows from whose turn it is, up to the 221: replies have their
// shape, and what is neither reply nor command is the program's own output.
// AUTH is left out unless mail.debug.auth is set; with mail.debug.quote line
// ends are shown.
var javamail = &transcripts.Format{
	Name:     "javamail",
	Programs: "JavaMail / Jakarta Mail 1.6.5, 2.0.0 (mail.debug, also with mail.debug.auth and mail.debug.quote)",
	Record:   "mail.debug=true in the Session's properties, with stdout in session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Secrets | transcripts.Outcome,
	First: "D",
	Sign: func(line []byte) int {
		switch {
		case bytes.HasPrefix(line, []byte(javaSMTP)):
			return transcripts.Certain // the other lines are bare
		case bytes.HasPrefix(line, []byte("DEBUG: JavaMail version ")), bytes.HasPrefix(line, []byte("DEBUG: Jakarta Mail version ")):
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &javaDecoder{due: true} },
}

const javaSMTP = "DEBUG SMTP" // or SMTPS

type javaDecoder struct {
	due     bool // a reply
	prompt  bool // the last reply was a 334
	content bool // it was a 354
	chunk   int64
	trace   bool   // in a stack trace
	over    bool   // the session is
	hidden  []byte // an AUTH command whose trace is suppressed
	buf     []byte
}

func (d *javaDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	switch {
	case d.content && !bytes.HasPrefix(text, []byte(javaSMTP+": IOException while sending")):
		l := d.line(raw, transcripts.Client)
		if string(l.Text) == "." {
			d.content, d.due = false, true
		}
		emit(&l)
	case d.chunk > 0:
		l := d.line(raw, transcripts.Client)
		d.chunk -= int64(len(l.Text)) + 2
		if d.chunk <= 2 {
			d.chunk = 0 // the rest is part of a line end
		}
		emit(&l)
	case bytes.HasPrefix(text, []byte("DEBUG")):
		d.trace = false
		d.debug(raw, emit)
	case len(text) == 0, d.over:
	case d.due && replyShaped(text) && !d.trace, replyShaped(text) && !d.prompt && !d.trace:
		d.reply(raw, emit)
	case d.prompt || transcripts.LooksLikeCommand(withoutEnd(text)):
		d.trace, d.due, d.prompt = false, true, false
		l := d.line(raw, transcripts.Client)
		d.chunk = chunkIn(l.Text)
		emit(&l)
	case !d.trace:
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	}
}

func (d *javaDecoder) reply(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	l := d.line(raw, transcripts.Server)
	d.due = len(l.Text) > 3 && l.Text[3] == '-'
	code := string(l.Text[:3])
	d.prompt, d.content, d.over = code == "334", code == "354", code == "221"
	emit(&l)
}

// line makes a line of the conversation, with its line end where that is shown.
func (d *javaDecoder) line(raw *transcripts.Raw, who transcripts.Party) transcripts.Line {
	l := raw.Line(who, 0, 0)
	text := withoutEnd(l.Text)
	if len(text) == len(l.Text) {
		return l
	}
	l.EOL = transcripts.CRLF
	l.Span.Length = uint32(len(text))
	l.Text = text
	if bytes.Contains(text, []byte(`\t`)) {
		d.buf = append(d.buf[:0], text...)
		l.Text = bytes.ReplaceAll(d.buf, []byte(`\t`), []byte{'\t'})
	}
	return l
}

// withoutEnd takes the line end off that mail.debug.quote shows.
func withoutEnd(text []byte) []byte { return bytes.TrimSuffix(text, []byte(`\r\n`)) }

// auth takes what JavaMail says in place of an AUTH exchange. Where that
// succeeded the command and its reply are put back, with JavaMail's words for
// those of the server.
func (d *javaDecoder) auth(raw *transcripts.Raw, from int, emit func(*transcripts.Line)) bool {
	said := raw.Text[from:]
	command, suppressed := bytes.CutSuffix(said, []byte(" command trace suppressed"))
	switch {
	case suppressed:
		d.hidden = append(d.hidden[:0], command...)
		if !serverFirst(command[len("AUTH "):]) {
			d.hidden = append(d.hidden, " [suppressed]"...)
		}
		l := raw.Remark(transcripts.LeftOut, 0)
		emit(&l)
	case bytes.HasSuffix(said, []byte(" succeeded")) && len(d.hidden) > 0:
		l := raw.Line(transcripts.Client, from, from)
		l.Text = d.hidden
		emit(&l)
		l.From, l.Text = transcripts.Server, append([]byte("235 "), said...)
		emit(&l)
		d.hidden = d.hidden[:0]
	default:
		return false
	}
	return true
}

// serverFirst reports whether the server speaks first in a SASL mechanism, so
// that AUTH has no initial response.
func serverFirst(mechanism []byte) bool {
	switch string(mechanism) {
	case "LOGIN", "CRAM-MD5", "DIGEST-MD5":
		return true
	}
	return false
}

// javaNoise are words of JavaMail's that say nothing about the session, or
// hold the password.
var javaNoise = []string{"Found extension ", "useEhlo ", "use8bit ", "protocolConnect login", "connected to host ", "chunk size "}

func (d *javaDecoder) debug(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	n := bytes.Index(raw.Text, []byte(": "))
	if n < 0 || !bytes.HasPrefix(raw.Text, []byte(javaSMTP)) {
		return
	}
	said := raw.Text[n+2:]
	for _, noise := range javaNoise {
		if bytes.HasPrefix(said, []byte(noise)) {
			return
		}
	}
	l := raw.Remark(transcripts.Comment, 0)
	switch {
	case bytes.HasPrefix(said, []byte("trying to connect to host ")):
		*d = javaDecoder{due: true, buf: d.buf}
		l.Note = transcripts.Opened
	case bytes.HasPrefix(said, []byte("AUTH ")):
		if d.auth(raw, n+2, emit) {
			return
		}
	case bytes.HasPrefix(said, []byte("EOF: ")):
		l.Note = transcripts.ServerClosed
		d.over = true // commands that follow could not be sent
	case bytes.Contains(said, []byte(" while sending")) && bytes.HasSuffix(bytes.TrimRight(said, " "), []byte("THROW:")):
		d.trace, d.content = true, false
	}
	emit(&l)
	if l.Note != transcripts.Opened {
		return
	}
	const port, ssl = ", port ", ", isSSL "
	from, to := bytes.Index(raw.Text, []byte(port)), bytes.LastIndex(raw.Text, []byte(ssl))
	if from >= 0 && from+len(port) < to {
		statePort(raw, from+len(port), to, emit)
	}
	if bytes.HasSuffix(said, []byte("isSSL true")) {
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Span: l.Span})
	}
}
