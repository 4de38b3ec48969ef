package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// A peel takes off what another program has put before each line of a
// recording: a log daemon, a container runner, a CI system. It returns the
// length of that, 0 where a line has none, with the time and the name of the
// source in it where there are any.
type peel func(line []byte) (n int, at transcripts.Instant, conn []byte)

var peels = []peel{peelSyslog, peelCompose, peelTime, peelBracket, peelLevel, peelQuote}

// most is how many layers are taken off, one inside the other.
const mostPeels = 3

// peelSyslog takes "Jan  2 15:04:05 host prog[pid]: ", the same with an ISO
// time, and RFC 5424's "<34>1 TIME host prog pid id - ".
func peelSyslog(line []byte) (n int, at transcripts.Instant, conn []byte) {
	if len(line) > 0 && line[0] == '<' {
		return peelRFC5424(line)
	}
	if at, n = stamp(line); n == 0 {
		if n = syslogTime(line); n == 0 {
			return 0, 0, nil
		}
		at, _ = timeOfDay(line[n-9:])
	}
	host := wordEnd(line[n:])
	tag := wordEnd(line[min(n+host+1, len(line)):])
	from, to := n+host+1, n+host+1+tag
	if host == 0 || tag < 2 || to >= len(line) || line[to-1] != ':' {
		return 0, 0, nil
	}
	return to + 1, at, line[from : to-1]
}

// syslogTime returns the length of "Jan  2 15:04:05 ", or 0.
func syslogTime(line []byte) int {
	const length = len("Jan  2 15:04:05 ")
	if len(line) < length || line[3] != ' ' || line[6] != ' ' || line[length-1] != ' ' || line[9] != ':' {
		return 0
	}
	if line[0] < 'A' || line[0] > 'S' || line[1] < 'a' || line[1] > 'z' || !isDigit(line[5]) {
		return 0
	}
	return length
}

func peelRFC5424(line []byte) (n int, at transcripts.Instant, conn []byte) {
	end := bytes.IndexByte(line[:min(6, len(line))], '>')
	if end < 2 || !isDigit(line[1]) || !bytes.HasPrefix(line[end:], []byte(">1 ")) {
		return 0, 0, nil
	}
	n = end + 3
	at, _ = stamp(line[n:])
	var words [5][2]int // time, host, program, pid, message id
	for i := range words {
		w := wordEnd(line[n:])
		if w == 0 {
			return 0, 0, nil
		}
		words[i] = [2]int{n, n + w}
		n = min(n+w+1, len(line))
	}
	switch {
	case n < len(line) && line[n] == '-':
		n++
	case n < len(line) && line[n] == '[':
		end := bytes.Index(line[n:], []byte("] "))
		if end < 0 {
			return 0, 0, nil
		}
		n += end + 1
	default:
		return 0, 0, nil
	}
	if n < len(line) && line[n] == ' ' {
		n++
	}
	if bytes.HasPrefix(line[n:], []byte("\xef\xbb\xbf")) {
		n += 3
	}
	return n, at, line[words[2][0]:words[3][1]]
}

// peelCompose takes "web-1  | " as docker compose, foreman and others put it
// before the lines of each service.
func peelCompose(line []byte) (n int, at transcripts.Instant, conn []byte) {
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

// peelTime takes an ISO time and a space, as "docker logs -t", kubectl and
// GitHub Actions put it.
func peelTime(line []byte) (n int, at transcripts.Instant, conn []byte) {
	at, n = stamp(line)
	return n, at, nil
}

// peelBracket takes a word in brackets: a time, a pod, a level.
func peelBracket(line []byte) (n int, at transcripts.Instant, conn []byte) {
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

// peelLevel takes a level as log libraries put it: "DEBUG ", "INFO: ",
// "DEBUG:smtp.client:".
func peelLevel(line []byte) (n int, at transcripts.Instant, conn []byte) {
	for _, level := range [...]string{"DEBUG", "INFO", "TRACE", "WARN", "WARNING", "ERROR", "NOTICE", "debug", "info", "trace", "warn", "error"} {
		if !bytes.HasPrefix(line, []byte(level)) || len(line) == len(level) {
			continue
		}
		switch n = len(level); line[n] {
		case ' ':
			return n + 1, 0, nil
		case ':':
			n++
			if n < len(line) && line[n] == ' ' {
				return n + 1, 0, nil
			}
			if end := bytes.IndexByte(line[n:min(len(line), n+60)], ':'); end > 0 {
				return n + end + 1, 0, nil
			}
			return n, 0, nil
		}
	}
	return 0, 0, nil
}

// peelQuote takes what mail programs, wikis and issue trackers put before
// pasted lines: "> ", "    ", "| ", "- ".
func peelQuote(line []byte) (n int, at transcripts.Instant, conn []byte) {
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

// stamp reads an ISO time with its zone and the space behind it.
func stamp(line []byte) (transcripts.Instant, int) {
	at, n := dateTime(line)
	if n == 0 {
		return 0, 0
	}
	switch rest := line[n:]; {
	case len(rest) > 0 && rest[0] == 'Z':
		n++
	case len(rest) >= 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':':
		east := transcripts.Instant(number(rest[1:3])*3600+number(rest[4:6])*60) * 1e9
		if rest[0] == '-' {
			east = -east
		}
		at -= east
		n += 6
	case len(rest) >= 5 && (rest[0] == '+' || rest[0] == '-') && number(rest[1:5]) >= 0:
		n += 5
	}
	if n >= len(line) || line[n] != ' ' {
		return 0, 0
	}
	return at, n + 1
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
}

func newPeeled(peels []peel, inner transcripts.Decoder) *peeled {
	d := &peeled{peels: peels, inner: inner}
	d.fill = func(l *transcripts.Line) {
		if l.At == 0 {
			l.At = d.at
		}
		if len(l.Conn) == 0 {
			l.Conn = d.conn
		}
		d.emit(l)
	}
	return d
}

func (d *peeled) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.emit, d.at, d.conn = emit, 0, nil
	inside := *raw
	for _, p := range d.peels {
		n, at, conn := p(inside.Text)
		if n == 0 {
			break // a line of another kind: noise, or the rest of a message that was broken
		}
		inside.Text = inside.Text[n:]
		inside.Span = inside.Span.Part(n, len(inside.Text))
		if at != 0 {
			d.at = at
		}
		if len(conn) > 0 {
			d.conn = conn
		}
	}
	d.inner.Decode(&inside, d.fill)
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
		n, _, _ := p(line)
		if n == 0 {
			break
		}
		line = line[n:]
	}
	return line
}
