package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// go-mail logs replies as Go's net/textproto returns them: the code once, and
// the further lines bare. It leaves out the greeting, content, and every reply
// that it did not hope for.
var goMail = &transcripts.Format{
	Name:     "go-mail",
	Programs: "wneessen/go-mail 0.8.1 (WithDebugLog)",
	Record:   "mail.NewClient(host, mail.WithDebugLog()), with standard error in session.log",
	Captured: true,
	Proves:   goMailProves,
	Holds:    ":-", HoldsOne: "<>",
	Sign: func(line []byte) int {
		e := readGoMail(line)
		if _, n := dateTime(line); e.text == 0 || e.mark > n+len(" DEBUG: ") {
			return 0 // or there is something before it, which the further lines of a reply have as well
		}
		return transcripts.Strong
	},
	New: func([]byte) transcripts.Decoder { return &goMailDecoder{} },
}

const goMailProves = transcripts.Closing | transcripts.Order | transcripts.Octets | transcripts.Secrets | transcripts.Clock

// goMailEntry is the start of an entry.
type goMailEntry struct {
	at         transcripts.Instant
	who        transcripts.Party
	mark, text int // where "C" begins, and the text; 0 where the line is no entry
}

// readGoMail reads "2006/01/02 15:04:05 DEBUG: C --> S: ".
func readGoMail(line []byte) (e goMailEntry) {
	const level = "DEBUG: C "
	n := bytes.Index(line[:min(len(line), 60)], []byte(level))
	if n < 0 {
		return e
	}
	rest := line[n+len(level):]
	switch {
	case bytes.HasPrefix(rest, []byte("--> S: ")):
	case bytes.HasPrefix(rest, []byte("<-- S: ")):
		e.who = transcripts.Server
	default:
		return e
	}
	e.at, _ = dateTime(line)
	e.mark = n + len(level) - len("C ")
	e.text = n + len(level) + len("--> S: ")
	return e
}

type goMailDecoder struct {
	talk goMailTalk
	held transcripts.Line // the last line of the reply so far
	text []byte           // its text
	more bool             // it is there
}

func (d *goMailDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	e := readGoMail(raw.Text)
	if e.text == 0 {
		if d.more && d.talk.hello && len(raw.Text) > 0 {
			d.goesOn(raw, emit)
		}
		return
	}
	d.Flush(emit)
	l := raw.Line(e.who, e.mark, e.text)
	l.At = e.at
	if e.who == transcripts.Client {
		d.talk.client(&l, emit)
		return
	}
	d.talk.server(l.Text)
	if !replyShaped(l.Text) {
		emit(&l)
		return
	}
	d.hold(l)
}

// hold keeps a line of a reply until it is known whether it is the last.
func (d *goMailDecoder) hold(l transcripts.Line) {
	d.text = append(d.text[:0], l.Text...)
	d.held, d.more = l, true
}

// goesOn takes a further line of a reply, which has lost its code.
func (d *goMailDecoder) goesOn(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.text[3] = '-'
	code := [4]byte{d.text[0], d.text[1], d.text[2], ' '}
	at := d.held.At
	d.Flush(emit)
	l := raw.Line(transcripts.Server, 0, 0)
	l.At = at
	l.Text = append(code[:], l.Text...)
	d.hold(l)
}

// Flush hands out the last line of a reply.
func (d *goMailDecoder) Flush(emit func(*transcripts.Line)) {
	if d.more {
		d.held.Text, d.more = d.text, false
		emit(&d.held)
	}
}

// goMailTalk says what is left out of a log. go-mail sends nothing before it
// has read the reply to what it sent before.
type goMailTalk struct {
	hello    bool // the last command was EHLO
	waiting  bool // a command is not answered
	prompted bool // the last reply was a 334
	asked    bool // it was a 354
}

func (t *goMailTalk) client(l *transcripts.Line, emit func(*transcripts.Line)) {
	note := transcripts.Line{From: transcripts.Recorder, At: l.At, Span: l.Span.Part(0, 0)}
	if t.asked {
		note.Note = transcripts.ContentLeftOut
		emit(&note)
	}
	if t.asked || t.waiting {
		note.Note = transcripts.ReplyLeftOut
		emit(&note)
	}
	if string(l.Text) == goMailHidden {
		l.Text = hiddenAuth(t.prompted)
	}
	*t = goMailTalk{waiting: true, hello: bytes.HasPrefix(l.Text, []byte("EHLO ")) || bytes.HasPrefix(l.Text, []byte("LHLO "))}
	emit(l)
}

func (t *goMailTalk) server(text []byte) {
	t.waiting = false
	t.prompted = bytes.HasPrefix(text, []byte("334"))
	t.asked = bytes.HasPrefix(text, []byte("354"))
}

const goMailHidden = "<SMTP auth data redacted>"

// go-mail can log JSON, too.
var goMailJSON = &transcripts.Format{
	Name:     "go-mail-json",
	Programs: "wneessen/go-mail 0.8.1 (WithDebugLog, log.NewJSON)",
	Record:   "mail.NewClient(host, mail.WithDebugLog(), mail.WithLogger(log.NewJSON(os.Stderr, log.LevelDebug)))",
	Captured: true,
	Proves:   goMailProves,
	First:    "{",
	Sign: func(line []byte) int {
		if _, ok := goMailFrom(line); ok {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &goMailJSONDecoder{} },
}

// goMailFrom tells who speaks in a line of JSON.
func goMailFrom(line []byte) (who transcripts.Party, ok bool) {
	if len(line) == 0 || line[0] != '{' {
		return 0, false
	}
	n := jsonField(line, `"direction":{`)
	if n == 0 {
		return 0, false
	}
	switch string(jsonWord(line[n:], `"from":"`)) {
	case "client":
		return transcripts.Client, true
	case "server":
		return transcripts.Server, true
	}
	return 0, false
}

type goMailJSONDecoder struct {
	talk goMailTalk
	msg  repr
}

func (d *goMailJSONDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	who, ok := goMailFrom(raw.Text)
	n := jsonField(raw.Text, `"msg":"`)
	if !ok || n == 0 {
		return
	}
	said := d.msg.whole(raw.Text[n:], '"')
	l := transcripts.Line{From: who, Text: said, At: jsonTime(raw.Text), Span: raw.Span}
	if who == transcripts.Client {
		d.talk.client(&l, emit)
		return
	}
	d.talk.server(said)
	if !replyShaped(said) || len(said) < 4 {
		emit(&l)
		return
	}
	code := [4]byte{said[0], said[1], said[2], ' '}
	for rest := said; ; {
		line, next, more := bytes.Cut(rest, []byte{'\n'})
		l.Text = line
		if len(rest) != len(said) { // not the first
			l.Text = append(code[:], line...)
		}
		if more {
			l.Text[3] = '-'
		}
		emit(&l)
		if !more {
			return
		}
		rest = next
	}
}
