package formats

import (
	"bytes"
	"html"

	"github.com/smtplint/smtplint/transcripts"
)

// PHPMailer since 5.2.8 writes "SERVER -> CLIENT: " and "CLIENT -> SERVER: ".
// What stands before that, how lines of one reply are joined, and whether line
// ends survive depends on Debugoutput: echo indents what continues an entry
// and trims it, html escapes and glues it together, error_log and callables
// get the octets. At level 1 the server's lines are missing.
var phpmailer = &transcripts.Format{
	Name:     "phpmailer",
	Programs: "PHPMailer 5.2.28, 6.0.0, 6.6.3, 7.1.1 (SMTPDebug 1 to 4; echo, html, error_log, callable)",
	Record:   "$mail->SMTPDebug = 2; $mail->Debugoutput = 'error_log';",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Secrets | transcripts.Clock | transcripts.Outcome,
	Holds: "-:", HoldsOne: ">&",
	Sign: func(line []byte) int {
		if e := phpEntry(line); e.text > 0 && e.who != transcripts.Recorder {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &phpDecoder{} },
}

// phpEntryAt is what the start of a line of PHPMailer's log says.
type phpEntryAt struct {
	who  transcripts.Party
	at   transcripts.Instant
	mark int  // where the entry begins, after a time or a level
	text int  // where its text begins; 0 where the line begins no entry
	html bool // entities are used
	echo bool // a time and a tab stand before it
	time bool // a time stands before it; where logs are pasted, a tab becomes a blank
}

var phpTags = []struct {
	tag  string
	who  transcripts.Party
	html bool
}{
	{"SERVER -> CLIENT:", transcripts.Server, false},
	{"CLIENT -> SERVER:", transcripts.Client, false},
	{"SERVER -&gt; CLIENT:", transcripts.Server, true},
	{"CLIENT -&gt; SERVER:", transcripts.Client, true},
	{"SMTP ERROR:", transcripts.Recorder, false},
	{"SMTP NOTICE:", transcripts.Recorder, false},
	{"SMTP Error:", transcripts.Recorder, false},
	{"SMTP INBOUND:", transcripts.Recorder, false},
	{"SMTP -> get_lines():", transcripts.Recorder, false},
	{"Connection:", transcripts.Recorder, false},
}

// phpEntry finds the beginning of an entry: a tag behind nothing, a time, or a
// level.
func phpEntry(line []byte) phpEntryAt {
	e := phpEntryAt{}
	if at, n := dateTime(line); n > 0 && n < len(line) {
		e.at, e.mark, e.echo, e.time = at, n+1, line[n] == '\t', true
	} else if at, n := bracketTime(line); n > 0 {
		e.at, e.mark = at, n
	} else if len(line) > 3 && isDigit(line[0]) && line[1] == ':' && line[2] == ' ' {
		e.mark = 3
	}
	rest := line[e.mark:]
	for _, t := range phpTags {
		if bytes.HasPrefix(rest, []byte(t.tag)) {
			e.who, e.html = t.who, t.html
			e.text = e.mark + len(t.tag)
			if e.text < len(line) && line[e.text] == ' ' {
				e.text++
			}
			return e
		}
	}
	return phpEntryAt{}
}

type phpDecoder struct {
	line    transcripts.Line // lent out
	ends    ends
	open    bool // a reply or a client's text may go on in the next line
	who     transcripts.Party
	at      transcripts.Instant
	echo    bool // line ends were taken off
	indents bool // lines that go on are indented
	quoted  bool // in the quotes of a get_lines entry
	options bool // in the array of a "Connection: opening" entry
}

func (d *phpDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	e := phpEntry(raw.Text)
	if e.text == 0 {
		d.goesOn(raw, emit)
		return
	}
	d.open, d.quoted, d.options = false, false, false
	d.who, d.at, d.echo, d.indents = e.who, e.at, e.echo, e.time
	if e.who == transcripts.Recorder {
		d.remark(raw, e, emit)
		return
	}
	text := raw.Text[e.text:]
	if e.html {
		d.glued(raw, e, []byte(html.UnescapeString(string(bytes.TrimSuffix(text, []byte("<br>"))))), emit)
		return
	}
	if e.who == transcripts.Server && len(text) == 0 {
		return // the connection was lost; a remark says so
	}
	l := raw.Line(e.who, e.mark, e.text)
	if e.who == transcripts.Server {
		unglue(l.Text, func(line []byte, glued bool) {
			l.Text = line
			if glued {
				l.EOL, l.At = transcripts.EOLUnknown, d.at
				emit(&l)
			}
		})
	}
	d.said(raw, l, emit)
}

// said hands out one line of the conversation.
func (d *phpDecoder) said(raw *transcripts.Raw, l transcripts.Line, emit func(*transcripts.Line)) {
	l.At = d.at
	if !d.echo {
		d.ends.of(raw, &l)
	}
	d.open = len(l.Text) > 3 && l.From == transcripts.Server && l.Text[3] == '-'
	emit(&l)
}

// goesOn takes a line that begins no entry.
func (d *phpDecoder) goesOn(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	switch {
	case d.quoted:
		d.quoted = !bytes.HasSuffix(bytes.TrimRight(text, "\r"), []byte{'"'})
	case d.options:
		d.options = string(bytes.TrimSpace(text)) != ")"
	case len(text) == 0:
	case d.open:
		from := 0
		if d.indents {
			for from < len(text) && (text[from] == ' ' || text[from] == '\t') {
				from++
			}
		}
		d.said(raw, raw.Line(d.who, from, from), emit)
	default:
		l := raw.Remark(transcripts.Comment, 0)
		emit(&l)
	}
}

// glued takes an entry of the html form, in which the lines of a reply have been
// joined with nothing in between. There the form itself says so, where unglue has
// to go by the text.
func (d *phpDecoder) glued(raw *transcripts.Raw, e phpEntryAt, plain []byte, emit func(*transcripts.Line)) {
	l := &d.line
	raw.Lend(l, e.who, e.mark, e.text)
	l.At = e.at
	for e.who == transcripts.Server && len(plain) > 4 && plain[3] == '-' {
		n := gluedEnd(plain)
		l.Text = plain[:n]
		emit(l)
		plain = plain[n:]
	}
	l.Text = plain
	emit(l)
}

// gluedEnd finds where the first line of a glued reply ends: where its code
// stands again.
func gluedEnd(text []byte) int {
	for n := 4; n+4 <= len(text); n++ {
		if bytes.Equal(text[n:n+3], text[:3]) && (text[n+3] == '-' || text[n+3] == ' ') {
			return n
		}
	}
	return len(text)
}

func (d *phpDecoder) remark(raw *transcripts.Raw, e phpEntryAt, emit func(*transcripts.Line)) {
	entry := raw.Text[e.mark:]
	l := raw.Remark(transcripts.Comment, e.mark)
	l.At = e.at
	switch {
	case bytes.HasPrefix(entry, []byte("SMTP INBOUND:")):
		return // repeats the server's line
	case bytes.HasPrefix(entry, []byte("SMTP -> get_lines():")):
		d.quoted = bytes.Count(entry, []byte{'"'}) == 1
		return
	case bytes.HasPrefix(entry, []byte("Connection: opening")):
		l.Note = transcripts.Opened
		d.options = bytes.HasSuffix(bytes.TrimRight(entry, " "), []byte("("))
	case bytes.HasPrefix(entry, []byte("Connection: closed")):
		l.Note = transcripts.Closed
	case bytes.HasPrefix(entry, []byte("SMTP NOTICE: EOF caught")):
		l.Note = transcripts.ServerClosed
	case bytes.HasPrefix(entry, []byte("SMTP ERROR:")) && bytes.Contains(entry, []byte("failed: ")):
		l.Note = transcripts.Refused
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		host, _, _ := bytes.Cut(entry, []byte(","))
		emitPort(raw, raw.Text[:e.mark+len(host)], emit)
	}
}

// unglue hands out the lines of a reply that were joined when a web browser
// showed them and somebody copied what it showed, with a blank or nothing in
// between; all but the last are said to be glued. A code within a text is none
// where a small letter follows: "250-up to 250 messages".
func unglue(reply []byte, each func(line []byte, glued bool)) {
	for n := 4; n+4 < len(reply) && reply[3] == '-'; n++ {
		if c := reply[n+4]; !bytes.Equal(reply[n:n+3], reply[:3]) || reply[n+3] != '-' && reply[n+3] != ' ' ||
			!isDigit(c) && (c < 'A' || c > 'Z') {
			continue
		}
		each(bytes.TrimRight(reply[:n], " "), true)
		reply, n = reply[n:], 3
	}
	each(reply, false)
}
