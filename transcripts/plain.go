package transcripts

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Plain is the project's own notation, which people write by hand as well:
//
//	# a comment
//	S: 220 mx.example.org ESMTP
//	C: EHLO client.example.com
//	C= "DATA\r\n"
//
// "C:" and "S:" go before what client and server sent, without line ends.
// "C=" and "S=" give the exact octets in Go's quotes; "C~" and "S~" quote text
// whose line end is not known. A line may begin with a connection name, as in
// "@7 C: QUIT", and with a time of day or an RFC 3339 time.
//
// A comment of the form "[note] text" carries a Note, "name: value" with a
// name that facts knows is a Fact. What the client's program said of a reply
// begins with "client:"; all else is an Aside. Labels of RFC listings are read
// as well: "Client:" and "Server:", RFC 821's "S:" for the sender and "R:" for
// the receiver, and ">" and "<", "-->" and "<--" or other arrows where replies
// stand on one side only. Where all replies stand under the client's label, the
// labels are taken for swapped.
var Plain = &Format{
	Name:     "plain",
	Programs: "smtplint show, people, RFC listings",
	Record:   "smtplint show RECORDING > session.txt, or an editor",
	Captured: true,
	Proves: Opening | Closing | Unbroken | Order | Reaction | Bodies | Octets | Secrets | Clock | Outcome |
		LineEnds | CommandEnds | ReplyEnds,
	Sign:  signPlain,
	Shape: shapePlain,
	New: func(head []byte) Decoder {
		r, swapped := rolesOf(head)
		return &plainDecoder{roles: r, swapped: swapped}
	},
}

type plainDecoder struct {
	roles   roles
	swapped bool // and this was not said yet
	begun   bool // a line with a name for its label was seen; what stands between arrows may be anything
	simple  bool // the last line was "C: text" and no more
	line    Line // lent out, so that it need not be made anew
	held    Line // a line of an indented listing, which may be wrapped
	text    []byte
	indent  int
	quoted  []byte
}

func (d *plainDecoder) Decode(raw *Raw, emit func(*Line)) {
	text := raw.Text
	from := 0
	for from < len(text) && (text[from] == ' ' || text[from] == '\t') {
		from++
	}
	if d.wraps(text, from) {
		d.text = append(append(d.text, ' '), text[from:]...)
		return
	}
	d.Flush(emit)
	if from == len(text) {
		return
	}
	conn, at, mark := prefixes(text, from)
	if text[mark] == '#' {
		l := d.comment(raw, mark)
		l.Conn, l.At = conn, at
		emit(&l)
		return
	}
	who, sep, body := labelOf(text[mark:])
	if who == noLabel {
		body = 0
	}
	omits := (who == noLabel || d.roles[who] == Server) && ellipsis(text[mark+body:])
	if who == noLabel || omits {
		note := Aside // of whoever it is
		if omits {
			note = LeftOut
		} else if d.begun {
			note = Unreadable
		}
		l := raw.Remark(note, from)
		emit(&l)
		return
	}
	d.begun = d.begun || who < labelRight
	if d.swapped {
		d.swapped = false
		l := raw.Remark(Swapped, from)
		l.Conn, l.At = conn, at
		emit(&l)
	}
	l := &d.line
	raw.Lend(l, d.roles[who], mark, mark+body)
	d.simple = mark == 0 && body == len(contentMark) && d.roles[labelC] == Client && who == labelC && sep == ':'
	l.Conn, l.At = conn, at
	if sep != ':' {
		if !d.unquote(l, sep) {
			*l = raw.Remark(Unreadable, from)
			l.Conn, l.At = conn, at
		}
	} else if from > 0 {
		d.held, d.indent = *l, from
		d.text = append(d.text[:0], l.Text...)
		return
	}
	emit(l)
}

// ellipsis reports whether text stands for lines that are not shown. Of the
// client's it may be a message, which says more.
func ellipsis(text []byte) bool {
	if len(text) > 0 && isDigit(text[0]) {
		return false // as replies begin
	}
	switch string(bytes.Trim(text, " \t[]()<>")) {
	case "...", "\u2026", "snip":
		return true
	}
	return false
}

// contentMark is before each line of content where nothing else is noted.
const contentMark = "C: "

var plainContent = ContentForm{Mark: contentMark}

// ContentForm implements Marker.
func (d *plainDecoder) ContentForm() (ContentForm, bool) {
	return plainContent, d.simple
}

// Flush hands out a line of an indented listing once it is known to be whole.
func (d *plainDecoder) Flush(emit func(*Line)) {
	if d.indent > 0 {
		d.held.Text = d.text
		d.indent = 0
		emit(&d.held)
	}
}

// wraps reports whether a line goes on with the one before: in listings of
// RFCs long lines are broken and the rest is indented further.
func (d *plainDecoder) wraps(text []byte, from int) bool {
	if d.indent == 0 || from <= d.indent || from == len(text) {
		return false
	}
	who, _, _ := labelOf(text[from:])
	return who == noLabel && text[from] != '#'
}

// unquote replaces the text of l by what its Go quotes stand for.
func (d *plainDecoder) unquote(l *Line, sep byte) bool {
	s, err := strconv.Unquote(string(bytes.TrimSpace(l.Text)))
	if err != nil {
		return false
	}
	d.quoted = append(d.quoted[:0], s...)
	l.Text, l.EOL = d.quoted, EOLUnknown
	if sep == '=' {
		l.Text, l.EOL = splitEOL(d.quoted)
	}
	return bytes.IndexByte(l.Text, '\n') < 0
}

// splitEOL takes the terminator off a line.
func splitEOL(b []byte) ([]byte, EOL) {
	n := len(b)
	switch {
	case n > 1 && b[n-2] == '\r' && b[n-1] == '\n':
		return b[:n-2], CRLF
	case n > 0 && b[n-1] == '\n':
		return b[:n-1], LF
	case n > 0 && b[n-1] == '\r':
		return b[:n-1], CR
	}
	return b, NoEOL
}

// prefixes reads the connection name and the time before a label.
func prefixes(text []byte, from int) (conn []byte, at Instant, mark int) {
	mark = from
	if text[mark] == '@' {
		if n := bytes.IndexByte(text[mark:], ' '); n > 1 && mark+n+1 < len(text) {
			conn = text[mark+1 : mark+n]
			mark += n + 1
		}
	}
	if c := text[mark]; isDigit(c) {
		if n := bytes.IndexByte(text[mark:], ' '); n > 0 && mark+n+1 < len(text) {
			if t, ok := parsePlainTime(text[mark : mark+n]); ok {
				at, mark = t, mark+n+1
			}
		}
	}
	return conn, at, mark
}

// parsePlainTime reads an RFC 3339 time or a time of day.
func parsePlainTime(b []byte) (Instant, bool) {
	if len(b) < 8 || len(b) > 40 {
		return 0, false
	}
	if b[2] == ':' {
		t, err := time.Parse("15:04:05", string(b))
		if err != nil {
			return 0, false
		}
		midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
		return Instant(t.Sub(midnight)), true
	}
	t, err := time.Parse(time.RFC3339, string(b))
	if err != nil {
		return 0, false
	}
	return At(t), true
}

// shapePlain holds it against a listing when all of its arrows point one way:
// then they are somebody's marks of a quotation.
func shapePlain(lines [][]byte) int {
	var seen [labelLeft + 1]int
	for _, line := range lines {
		who, _, _ := labelOf(bytes.TrimLeft(line, " \t"))
		seen[who]++
	}
	named := seen[labelC] + seen[labelS] + seen[labelServer]
	if named == 0 && (seen[labelRight] == 0) != (seen[labelLeft] == 0) {
		return -Certain
	}
	return 0
}

func signPlain(line []byte) int {
	line = bytes.TrimLeft(line, " \t")
	if len(line) == 0 || line[0] == '#' {
		return 0
	}
	_, _, mark := prefixes(line, 0)
	who, sep, body := labelOf(line[mark:])
	if who == noLabel {
		return 0
	}
	text := line[mark+body:]
	code, after, _ := parseReplyLine(text)
	if sep == ':' && !commandShaped(text) && (code == 0 || after != ' ' && after != '-') {
		return 0
	}
	if who == labelRight || who == labelLeft {
		return Weak
	}
	return Medium
}

// comment reads what follows a "#".
func (d *plainDecoder) comment(raw *Raw, mark int) Line {
	text := bytes.TrimSpace(raw.Text[mark+1:])
	l := raw.Remark(Comment, mark)
	l.Text = text
	if asked, ok := directiveIn(text); ok {
		l.Note, l.Text = Asked, asked
		return l
	}
	if n := bytes.IndexByte(text, ']'); n > 0 && text[0] == '[' {
		for note, name := range noteNames {
			if string(text[1:n]) == name {
				l.Note, l.Text = Note(note), bytes.TrimSpace(text[n+1:])
				if quoted, ok := bytes.CutPrefix(l.Text, []byte("~ ")); ok {
					if s, err := strconv.Unquote(string(quoted)); err == nil {
						l.Text = []byte(s)
					}
				}
				if l.Note == ClientGap || l.Note == ServerGap {
					l.Cut = leadingNumber(l.Text)
				}
				return l
			}
		}
	}
	if new(facts).note(string(text)) {
		l.Note = Fact
	} else {
		l.Note = noteIn(text)
	}
	return l
}

// hedges are words by which a comment says that something is not so, or not so
// here and now.
var hedges = []string{
	"before", "but", "can", "cannot", "could", "if", "isn't", "may", "might", "must", "never", "next", "no", "not", "once", "only", "port",
	"should", "starttls", "state", "then", "unless", "until", "wasn't", "when", "will", "without", "would", "yet",
}

// noteIn finds a Note in a comment that a person wrote.
func noteIn(text []byte) Note {
	words := strings.Fields(strings.ToLower(string(text)))
	for i := range words {
		words[i] = strings.Trim(words[i], ".,;()")
	}
	has := func(any ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(any, strings.TrimSuffix(w, ":")) })
	}
	switch {
	case has(hedges...):
	case has("closed", "reset", "lost", "dropped") && has("connection"), has("closes") && has("connection") && !has("after"):
		switch {
		case words[0] == "client":
			return ClientClosed
		case words[0] == "server":
			return ServerClosed
		}
		return Closed
	case has("tls") && has("established", "started", "on", "up", "negotiated"):
		return Secured
	}
	if len(words) > 0 && words[0] == "client:" {
		return Comment
	}
	return Aside
}

// leadingNumber reads the number that text begins with.
func leadingNumber(text []byte) (n int64) {
	for i := 0; i < len(text) && isDigit(text[i]) && i < 18; i++ {
		n = n*10 + int64(text[i]-'0')
	}
	return n
}

var noteNames = [...]string{
	Comment: "note", Opened: "opened", Closed: "closed", ClientClosed: "client closed", ServerClosed: "server closed",
	Secured: "secured", LeftOut: "left out", ContentLeftOut: "content left out", ReplyLeftOut: "reply left out", Refused: "refused", Welcomed: "welcomed",
	Fact: "fact", Notation: "notation", Swapped: "swapped", Unreadable: "unreadable",
	Aside: "aside", Asked: "asked", Encrypted: "encrypted", ClientGap: "client gap", ServerGap: "server gap", ClientLeft: "client left",
}
