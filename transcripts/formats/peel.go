package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// A peel takes off what another program has put around each line of a
// recording: a log daemon, a container runner, a CI system. It returns what is
// inside; nil where there is nothing of the kind. Where that is not a part of
// the line it is appended to buf.
type peel func(line, buf []byte) peeling

// peeling is what was found inside, and what was around it.
type peeling struct {
	text []byte
	from int // where the text begins in the line
	at   transcripts.Instant
	conn []byte // the name of the source
}

// A prefix finds what stands before a line. It returns the length of that, 0
// where there is none, with the time and the name of the source in it.
type prefix func(line []byte) (n int, at transcripts.Instant, conn []byte)

// before makes a peel that takes a prefix off.
func before(p prefix) peel {
	return func(line, _ []byte) peeling {
		n, at, conn := p(line)
		if n == 0 {
			return peeling{}
		}
		return peeling{line[n:], n, at, conn}
	}
}

var peels = []peel{
	before(syslogPrefix), before(composePrefix), before(timePrefix), before(bracketPrefix), before(levelPrefix),
	before(jobPrefix), before(quotePrefix), before(filePrefix), before(numberPrefix), unwrapJSON, unwrapLogfmt, unwrapMonolog,
}

// mostPeels is how many layers are taken off, one inside the other.
const mostPeels = 4

// composePrefix is "web-1  | " as docker compose, foreman and others put it
// before the lines of each service.
func composePrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	name := wordEnd(line[:min(len(line), 64)])
	if name == 0 || !letter(line[0]) {
		return 0, 0, nil
	}
	for n = name; n < len(line) && line[n] == ' '; n++ {
	}
	if n == name || n >= len(line) || line[n] != '|' {
		return 0, 0, nil
	}
	if n++; n < len(line) && line[n] == ' ' {
		n++
	}
	return n, 0, line[:name]
}

// timePrefix is a time and a space: an ISO time, as "docker logs -t", kubectl and
// GitHub Actions put it, or one without a date or a year. Container runtimes
// write "stderr F " behind it, GitLab "01O ".
func timePrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	if at, n = stamp(line); n > 0 {
		return n + streamLength(line[n:]), at, nil
	}
	if at, n = timeOfDay(line); n == 0 {
		at, n = monthDayTime(line)
	}
	if n == 0 || n >= len(line) || line[n] != ' ' {
		return 0, 0, nil
	}
	return n + 1, at, nil
}

// streamLength returns the length of "stderr F " (of CRI) or "01O " (of
// GitLab's runner): which stream a line was written to.
func streamLength(text []byte) int {
	switch {
	case bytes.HasPrefix(text, []byte("stdout F ")), bytes.HasPrefix(text, []byte("stderr F ")),
		bytes.HasPrefix(text, []byte("stdout P ")), bytes.HasPrefix(text, []byte("stderr P ")):
		return len("stdout F ")
	case len(text) >= 4 && isHex(text[0]) && isHex(text[1]) && (text[2] == 'O' || text[2] == 'E') && (text[3] == ' ' || text[3] == '+'):
		return 4
	}
	return 0
}

// bracketPrefix is a word in brackets: a time, a pod, a level.
func bracketPrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	if len(line) < 3 || line[0] != '[' {
		return 0, 0, nil
	}
	end := bytes.Index(line[:min(len(line), 120)], []byte("] "))
	if end < 2 {
		return 0, 0, nil
	}
	inside := line[1:end]
	switch t, length := dateTime(inside); {
	case length > 0:
		at = t
	default:
		if t, length := timeOfDay(inside); length > 0 {
			at = t
		} else if bytes.IndexByte(inside, '/') > 0 {
			conn = inside
		}
	}
	return end + 2, at, conn
}

// quotePrefix is what mail programs, wikis and issue trackers put before
// pasted lines: "> ", "    ", "| ", "- ".
func quotePrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	for _, mark := range [...]string{"> ", "    ", "\t", "| ", "- "} {
		if bytes.HasPrefix(line, []byte(mark)) {
			return len(mark), 0, nil
		}
	}
	if len(line) == 1 && line[0] == '>' {
		return 1, 0, nil
	}
	return 0, 0, nil
}

// filePrefix is the name of a file, as grep puts it where it searches several.
// Loggers have names, too, so that a path or a usual name is asked for.
func filePrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	n = bytes.IndexByte(line[:min(len(line), 200)], ':')
	if n <= 0 || bytes.IndexByte(line[:n], ' ') >= 0 {
		return 0, 0, nil
	}
	for _, mark := range [...]string{"/", ".log", ".txt", "maillog"} {
		if bytes.Contains(line[:n], []byte(mark)) {
			return n + 1, 0, nil
		}
	}
	return 0, 0, nil
}

// numberPrefix is the number of a line, as "cat -n" and "grep -n" put it.
func numberPrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	for n < len(line) && line[n] == ' ' {
		n++
	}
	digits := n
	for n < len(line) && isDigit(line[n]) && n < digits+7 {
		n++
	}
	switch {
	case n == digits || n >= len(line), line[digits] == '0': // an offset of a hex dump begins with 0
		return 0, 0, nil
	case line[n] == '\t', line[n] == ':' && (n+3 >= len(line) || line[n+3] != ':' || !isDigit(line[n+1])): // else a time
		return n + 1, 0, nil
	}
	return 0, 0, nil
}

// jobPrefix is "job<TAB>step<TAB>" before a time, as "gh run view --log" puts
// it.
func jobPrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	job := bytes.IndexByte(line[:min(len(line), 200)], '\t')
	if job <= 0 {
		return 0, 0, nil
	}
	step := bytes.IndexByte(line[job+1:min(len(line), 400)], '\t')
	if step < 0 {
		return 0, 0, nil
	}
	n = job + 1 + step + 1
	if bytes.HasPrefix(line[n:], []byte("\xef\xbb\xbf")) {
		n += 3
	}
	if _, length := stamp(line[n:]); length == 0 {
		return 0, 0, nil
	}
	return n, 0, line[:job]
}

// stamp reads an ISO time with its zone and the space behind it.
func stamp(line []byte) (transcripts.Instant, int) {
	at, n := dateTime(line)
	if n == 0 {
		return 0, 0
	}
	zone, n := zoneOffset(line, n)
	if n >= len(line) || line[n] != ' ' {
		return 0, 0
	}
	return at - transcripts.Instant(zone), n + 1
}

// wordEnd returns the length of the word at the start of a line.
func wordEnd(line []byte) int {
	if n := bytes.IndexByte(line, ' '); n >= 0 {
		return n
	}
	return len(line)
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// peeled is a decoder for lines that have other programs' prefixes.
type peeled struct {
	peels []peel
	inner transcripts.Decoder
	emit  func(*transcripts.Line) // of the call that is going on
	fill  func(*transcripts.Line)
	at    transcripts.Instant
	conn  []byte
	bufs  [mostPeels][]byte
	split bool // the line is one of several out of a record, in which anybody's words may stand
}

func newPeeled(peels []peel, inner transcripts.Decoder) *peeled {
	d := &peeled{peels: peels, inner: inner}
	d.fill = func(l *transcripts.Line) {
		if l.At == 0 {
			l.At = d.at
		}
		if l.Note == transcripts.Asked && d.split {
			l.Note = transcripts.Comment
		}
		if len(l.Conn) == 0 {
			l.Conn = d.conn
		}
		d.emit(l)
	}
	return d
}

func (d *peeled) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.emit, d.at, d.conn, d.split = emit, 0, nil, false
	bare := *raw
	bare.Text = plainText(raw.Text)
	d.inside(bare, 0)
}

// inside takes the layers from a number on off a line. What was inside one may
// be several lines.
func (d *peeled) inside(raw transcripts.Raw, layer int) {
	for ; layer < len(d.peels); layer++ {
		p := d.peels[layer](raw.Text, d.bufs[layer][:0])
		if p.text == nil {
			break // a line of another kind: noise, or the rest of a message that was broken
		}
		if p.at != 0 {
			d.at = p.at
		}
		if len(p.conn) > 0 {
			d.conn = p.conn
		}
		raw.Span = raw.Span.Part(p.from, len(raw.Text)-p.from)
		if cap(p.text) > cap(d.bufs[layer]) && !within(p.text, raw.Text) {
			d.bufs[layer] = p.text
		}
		raw.Text = p.text
		if bytes.IndexByte(p.text, '\n') >= 0 {
			for line := range bytes.Lines(p.text) {
				one := raw
				one.EOL = transcripts.LF
				if one.Text = bytes.TrimSuffix(line, []byte{'\n'}); bytes.HasSuffix(one.Text, []byte{'\r'}) {
					one.Text, one.EOL = one.Text[:len(one.Text)-1], transcripts.CRLF
				}
				d.split = d.split || len(line) < len(p.text)
				d.inside(one, layer+1)
			}
			return
		}
	}
	d.inner.Decode(&raw, d.fill)
}

// within reports whether part is a part of whole, at its end.
func within(part, whole []byte) bool {
	return len(part) == 0 || len(part) <= len(whole) && &part[len(part)-1] == &whole[len(whole)-1]
}

// Flush passes on what the inner decoder holds.
func (d *peeled) Flush(emit func(*transcripts.Line)) {
	if f, ok := d.inner.(transcripts.Flusher); ok {
		d.emit = emit
		f.Flush(d.fill)
	}
}

// peelAll takes the layers off a line.
func peelAll(peels []peel, line []byte) []byte {
	for _, p := range peels {
		inside := p(line, nil)
		if inside.text == nil {
			break
		}
		line = bytes.TrimSuffix(inside.text, []byte{'\n'})
	}
	return line
}
