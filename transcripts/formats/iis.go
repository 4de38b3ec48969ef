package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// The SMTP service of IIS writes one row for each command it received, with
// the code it answered; of what it sends it writes commands and replies in
// rows of their own, of each reply the first line. Blanks are written as "+".
// The greeting, the text of its replies, 354 and content are left out.
var iis = &transcripts.Format{
	Name:     "iis",
	Programs: "SMTP service of IIS 5 to 10, Exchange 2000 and 2003 (W3C extended log)",
	Record:   "IIS 6 Manager, SMTP Virtual Server, Properties: Enable logging, W3C Extended, all fields; LogFiles\\SMTPSVC1",
	Proves:   transcripts.Order | transcripts.Clock | transcripts.Reaction,
	HoldsOne: "VO",
	Sign: func(line []byte) int {
		if bytes.Contains(line, []byte(" SMTPSVC")) && iisMethod(line) ||
			bytes.Contains(line, iisSent) || bytes.Contains(line, iisRead) {
			return transcripts.Strong
		}
		return 0
	},
	Shape: func(lines [][]byte) int {
		var f iisFields
		rows := 0
		for _, line := range lines {
			if line = withoutCR(line); line[0] == '#' {
				f.heading(line)
			} else if iisVerb(f.of(line).method) {
				rows++
			}
		}
		if rows > 1 {
			return transcripts.Certain
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &iisDecoder{} },
}

var (
	iisSent = []byte(" OutboundConnectionCommand ")
	iisRead = []byte(" OutboundConnectionResponse ")
)

// iisVerb reports whether a method is one of SMTP, and of no other service
// that logs in these tables.
func iisVerb(method []byte) bool {
	switch string(method) {
	case "HELO", "EHLO", "MAIL", "RCPT", "DATA", "BDAT", "QUIT", "RSET", "VRFY", "NOOP", "AUTH", "STARTTLS", "helo", "ehlo", "mail", "rcpt", "data", "quit":
		return true
	}
	return false
}

// iisMethod reports whether a row has such a method in it.
func iisMethod(line []byte) bool {
	for _, field := range bytes.Fields(line) {
		if iisVerb(field) {
			return true
		}
	}
	return false
}

// iisFields knows where the fields of a row are; the heading says so. It holds
// their numbers, counted from 1; 0 for those that are not logged.
type iisFields struct{ date, time, client, user, method, query, status int }

func (f *iisFields) heading(line []byte) {
	names, ok := bytes.CutPrefix(line, []byte("#Fields: "))
	if !ok {
		return
	}
	*f = iisFields{}
	for i, name := range bytes.Fields(names) {
		switch string(name) {
		case "date":
			f.date = i + 1
		case "time":
			f.time = i + 1
		case "c-ip":
			f.client = i + 1
		case "cs-username":
			f.user = i + 1
		case "cs-method":
			f.method = i + 1
		case "cs-uri-query":
			f.query = i + 1
		case "sc-status":
			f.status = i + 1
		}
	}
}

type iisRow struct{ date, time, client, user, method, query, status []byte }

// of takes a row apart. Without a heading it has nothing, and neither where
// only the verbs of commands are logged.
func (f *iisFields) of(line []byte) (r iisRow) {
	if f.method == 0 || f.query == 0 {
		return r
	}
	fields := bytes.Fields(line)
	at := func(n int) []byte {
		if n == 0 || n > len(fields) || string(fields[n-1]) == "-" {
			return nil
		}
		return fields[n-1]
	}
	return iisRow{at(f.date), at(f.time), at(f.client), at(f.user), at(f.method), at(f.query), at(f.status)}
}

type iisDecoder struct {
	fields iisFields
	begun  conns[struct{}]
	out    []byte // the name of an outbound connection
	text   []byte
}

func (d *iisDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := withoutCR(raw.Text)
	if len(text) == 0 || text[0] == '#' {
		d.fields.heading(text)
		return
	}
	r := d.fields.of(text)
	l := raw.Line(transcripts.Client, 0, 0)
	l.At, l.Conn = r.at(), r.client
	say := func(who transcripts.Party, note transcripts.Note, words ...[]byte) {
		d.text = d.text[:0]
		for _, w := range words {
			d.text = append(d.text, w...)
		}
		said := l
		said.From, said.Note, said.Text = who, note, d.text
		emit(&said)
	}
	switch string(r.user) {
	case "OutboundConnectionCommand":
		l.Conn = d.outbound(r.client)
		if iisVerb(r.method) {
			say(transcripts.Client, 0, r.method, iisArgument(r.method, r.query))
		}
	case "OutboundConnectionResponse":
		l.Conn = d.outbound(r.client)
		reply := iisBlanks(r.query)
		if !replyShaped(reply) {
			return
		}
		if bytes.HasPrefix(reply, []byte("220")) {
			say(transcripts.Recorder, transcripts.Opened)
		}
		say(transcripts.Server, 0, reply)
		if len(reply) > 3 && reply[3] == '-' {
			say(transcripts.Recorder, transcripts.LeftOut) // the other lines
		}
		if bytes.HasPrefix(reply, []byte("354")) {
			say(transcripts.Recorder, transcripts.ContentLeftOut)
		}
	default:
		d.received(raw, &r, say)
	}
}

// received hands out a row about what a client sent.
func (d *iisDecoder) received(raw *transcripts.Raw, r *iisRow, say func(transcripts.Party, transcripts.Note, ...[]byte)) {
	if _, fresh := d.begun.of(r.client); fresh && iisVerb(r.method) {
		say(transcripts.Recorder, transcripts.Fact, []byte("proves: "), []byte((iis.Proves &^ transcripts.Reaction).String()))
	}
	if !iisVerb(r.method) || len(r.status) != 3 {
		if len(r.method) > 0 { // "xxxx": a command that IIS does not know, and does not tell
			say(transcripts.Recorder, transcripts.LeftOut)
		}
		return
	}
	switch verb := bytes.ToUpper(r.method); string(verb) {
	case "DATA": // the query is the Message-ID
		say(transcripts.Client, 0, r.method)
		if r.status[0] == '2' {
			say(transcripts.Server, 0, []byte("354"))
			say(transcripts.Recorder, transcripts.ContentLeftOut)
		}
		say(transcripts.Server, 0, r.status)
	case "QUIT": // the query is the client's name, and the status no code of SMTP
		say(transcripts.Client, 0, r.method)
		say(transcripts.Recorder, transcripts.ReplyLeftOut)
		d.begun.forget(r.client)
	case "BDAT":
		say(transcripts.Recorder, transcripts.LeftOut)
	case "EHLO":
		say(transcripts.Client, 0, r.method, iisArgument(verb, r.query))
		if r.status[0] == '2' {
			say(transcripts.Server, 0, r.status, []byte("-"))
			say(transcripts.Recorder, transcripts.LeftOut)
			return
		}
		say(transcripts.Server, 0, r.status)
	default:
		say(transcripts.Client, 0, r.method, iisArgument(verb, r.query))
		say(transcripts.Server, 0, r.status)
	}
}

// outbound names a connection to a server, apart from those that come from it.
func (d *iisDecoder) outbound(server []byte) []byte {
	d.out = append(append(d.out[:0], server...), "/out"...)
	return d.out
}

func (r *iisRow) at() transcripts.Instant {
	if len(r.date) > 0 {
		at, _ := dateTime(bytes.Join([][]byte{r.date, r.time}, []byte{' '}))
		return at
	}
	at, _ := timeOfDay(r.time)
	return at
}

// iisArgument returns the argument of a command with the blank before it.
func iisArgument(verb, query []byte) []byte {
	if len(query) == 0 {
		return nil
	}
	text := iisBlanks(query)
	if bytes.EqualFold(verb, []byte("AUTH")) { // base64 has its own plus signs
		text = append([]byte{' '}, bytes.TrimLeft(query, "+")...)
	}
	if text[0] != ' ' {
		text = append([]byte{' '}, text...)
	}
	return text
}

// iisBlanks undoes the plus signs, except in a path, where a blank would be
// the rarer thing.
func iisBlanks(query []byte) []byte {
	text := bytes.Clone(query)
	inPath := false
	for i, c := range text {
		switch c {
		case '<', '>':
			inPath = c == '<'
		case '+':
			if !inPath {
				text[i] = ' '
			}
		}
	}
	return text
}
