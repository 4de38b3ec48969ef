package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// strace writes system calls with the octets that they moved in C's quotes, as
// many of them as -s allows. A connection is a descriptor of a process, or,
// with -yy, its two endpoints.
var strace = &transcripts.Format{
	Name:     "strace",
	Programs: "strace 6.1 (read, write, sendto, recvfrom and their vectors; -f, -t to -ttt, -T, -x, -xx, -y, -yy)",
	Record:   "strace -f -tt -yy -s 99999 -e trace=network,read,write,close -o session.log PROGRAM",
	Captured: true,
	Proves:   dumpProves | transcripts.Clock,
	HoldsOne: "(<",
	Sign: func(line []byte) int {
		c := readCall(line)
		if c.kind != callReads && c.kind != callWrites {
			return 0
		}
		octets, _ := appendUnquoted(nil, c.firstString(line)[:min(len(c.firstString(line)), 32)])
		if replyShaped(octets) || transcripts.LooksLikeCommand(bytes.TrimRight(octets, "\r\n")) {
			return transcripts.Strong
		}
		return transcripts.Weak
	},
	New: func([]byte) transcripts.Decoder { return &straceDecoder{} },
}

type callKind uint8

const (
	callNone   callKind = iota
	callReads           // octets came from the other end
	callWrites          // octets went there
	callConnects
	callCloses
)

// call is a line of strace taken apart.
type call struct {
	at      transcripts.Instant
	pid     []byte
	kind    callKind
	resumed bool
	fd      []byte // empty where the call was resumed
	file    []byte // what -y says of it
	args    int    // where the arguments behind the descriptor begin
}

var callNames = map[string]callKind{
	"read": callReads, "recv": callReads, "recvfrom": callReads, "readv": callReads, "recvmsg": callReads,
	"write": callWrites, "send": callWrites, "sendto": callWrites, "writev": callWrites, "sendmsg": callWrites,
	"connect": callConnects, "close": callCloses, "shutdown": callCloses,
}

// readCall reads "12504 14:44:13.123456 read(3<TCP:[...]>, "..., with the number of
// the process also as "[pid 12504] ", and the rest of a call that another one
// has interrupted as "<... read resumed>"....
func readCall(line []byte) (c call) {
	n := 0
	if rest, ok := bytes.CutPrefix(line, []byte("[pid ")); ok {
		p := bytes.TrimLeft(rest, " ")
		end := bytes.Index(p, []byte("] "))
		if end <= 0 || number(p[:end]) < 0 {
			return c
		}
		c.pid, n = p[:end], len(line)-len(p)+end+2
	} else if p := processNumber(line); p > 0 {
		c.pid, n = line[:p-1], skipBlanks(line, p)
	}
	if at, length := callTime(line[n:]); length > 0 {
		c.at, n = at, n+length
	}
	rest := line[n:]
	if cut, ok := bytes.CutPrefix(rest, []byte("<... ")); ok {
		name, after, found := bytes.Cut(cut, []byte(" resumed>"))
		if found {
			c.kind, c.resumed, c.args = callNames[string(name)], true, len(line)-len(after)
		}
		return c
	}
	open := bytes.IndexByte(rest[:min(len(rest), 16)], '(')
	if open <= 0 {
		return c
	}
	kind := callNames[string(rest[:open])]
	n += open + 1
	end := n
	for end < len(line) && isDigit(line[end]) {
		end++
	}
	if kind == callNone || end == n || end == len(line) {
		return c
	}
	c.fd, c.args = line[n:end], end
	if line[end] == '<' {
		close := bytes.Index(line[end:], []byte(">, "))
		if kind == callCloses {
			close = bytes.LastIndexByte(line[end:], '>')
		}
		if close < 0 {
			return call{}
		}
		c.file, c.args = line[end+1:end+close], end+close+1
	}
	c.kind = kind
	return c
}

// callTime reads the time of -t, -tt or -ttt with the blank behind it.
func callTime(text []byte) (transcripts.Instant, int) {
	at, n := timeOfDay(text)
	if n == 0 {
		for n < len(text) && isDigit(text[n]) {
			n++
		}
		if n == 0 || n == len(text) || text[n] != '.' {
			return 0, 0
		}
		seconds := n
		for n++; n < len(text) && isDigit(text[n]); n++ {
		}
		if seconds == 10 { // else -r: since the call before
			at = epoch(text[:n])
		}
	}
	if n == len(text) || text[n] != ' ' {
		return 0, 0
	}
	return at, n + 1
}

// firstString returns what stands behind the first quote of the arguments.
func (c *call) firstString(line []byte) []byte {
	if n := bytes.IndexByte(line[c.args:], '"'); n >= 0 {
		return line[c.args+n+1:]
	}
	return nil
}

// returned reads the value that the call returned: -1 where it failed or did
// not return on this line.
func returned(line []byte) int {
	n := bytes.LastIndex(line, []byte(") = "))
	if n < 0 {
		return -1
	}
	digits := line[n+4:]
	end := 0
	for end < len(digits) && isDigit(digits[end]) {
		end++
	}
	if end == 0 || end > 9 {
		return -1
	}
	return number(digits[:end])
}

// appendUnquoted appends what a string in C's quotes stands for, and returns
// what follows its last quote.
func appendUnquoted(dst, text []byte) (out, rest []byte) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"':
			return dst, text[i+1:]
		case c != '\\' || i+1 == len(text):
			dst = append(dst, c)
		case text[i+1] == 'x' && i+3 < len(text):
			dst = append(dst, byte(hex(text[i+2])<<4|hex(text[i+3])))
			i += 3
		case isOctal(text[i+1]):
			n := 0
			for k := 0; k < 3 && i+1 < len(text) && isOctal(text[i+1]); k++ {
				i++
				n = n<<3 | int(text[i]-'0')
			}
			dst = append(dst, byte(n))
		default:
			i++
			dst = append(dst, simpleEscape(text[i]))
		}
	}
	return dst, nil
}

type straceDecoder struct {
	taps
	name   []byte
	octets []byte
	calls  conns[interrupted] // by process
}

// interrupted is a call whose end stands on a later line.
type interrupted struct{ fd, file []byte }

func (d *straceDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	line := raw.Text
	c := readCall(line)
	if c.kind == callNone {
		return
	}
	if c.resumed {
		k, _ := d.calls.of(c.pid)
		c.fd, c.file = k.fd, k.file
		d.calls.forget(c.pid)
	} else if bytes.HasSuffix(line, []byte("<unfinished ...>")) {
		k, _ := d.calls.of(c.pid)
		k.fd, k.file = bytes.Clone(c.fd), bytes.Clone(c.file)
	}
	tcp := bytes.HasPrefix(c.file, []byte("TCP"))
	if len(c.fd) == 0 || len(c.file) > 0 && !tcp && !bytes.HasPrefix(c.file, []byte("socket")) || len(c.fd) == 1 && c.fd[0] < '3' && !tcp {
		return // a file, or what the terminal shows of a conversation
	}
	k := chunk{at: c.at, span: raw.Span.Part(c.args, len(line)-c.args)}
	d.connection(&c, &k)
	switch c.kind {
	case callConnects:
		d.closed(&k, transcripts.Closed, emit)
	case callCloses:
		k.end = 0
		d.hangsUp(&k, emit)
	default:
		d.moved(line, &c, &k, emit)
	}
}

// connection names the connection and its ends: 0 is the traced process.
func (d *straceDecoder) connection(c *call, k *chunk) {
	if inside, ok := bytes.CutSuffix(c.file, []byte{']'}); ok {
		if _, ends, ok := bytes.Cut(inside, []byte(":[")); ok {
			if local, remote, ok := bytes.Cut(ends, []byte("->")); ok {
				k.ports = [2]int{portOf(local, ':'), portOf(remote, ':')}
				d.name = append(append(append(d.name[:0], local...), "->"...), remote...)
				k.conn = d.name
				return
			}
		}
	}
	d.name = append(append(append(d.name[:0], c.pid...), ':'), c.fd...)
	k.conn = d.name
}

// hangsUp closes a connection from the end that k names.
func (d *straceDecoder) hangsUp(k *chunk, emit func(*transcripts.Line)) {
	note := transcripts.ClientClosed
	if t, _ := d.conns.of(k.conn); t.known && t.server == k.end {
		note = transcripts.ServerClosed
	}
	d.closed(k, note, emit)
}

// moved takes octets that were read or written.
func (d *straceDecoder) moved(line []byte, c *call, k *chunk, emit func(*transcripts.Line)) {
	if c.kind == callReads {
		k.end = 1
	}
	n := returned(line)
	failed := n < 0 && bytes.Contains(line[c.args:], []byte(") = "))
	if failed || n < 0 && c.resumed && c.kind == callWrites {
		return
	}
	d.octets = d.octets[:0]
	short := false // strace did not show all
	for text := c.firstString(line); text != nil; {
		var rest []byte
		d.octets, rest = appendUnquoted(d.octets, text)
		short = short || bytes.HasPrefix(rest, []byte("...")) || rest == nil
		next := bytes.Index(rest, []byte(`iov_base="`))
		if next < 0 {
			break
		}
		text = rest[next+len(`iov_base="`):]
	}
	if n == 0 && k.end == 1 && len(d.octets) == 0 {
		d.hangsUp(k, emit)
		return
	}
	if n >= 0 && n < len(d.octets) {
		d.octets, short = d.octets[:n], false
	}
	k.octets = d.octets
	t, _ := d.conns.of(k.conn)
	before := t.known
	d.feed(k, emit)
	if !before && t.known && t.server == 0 {
		d.fact("proves: "+(strace.Proves&^transcripts.Reaction).String(), k, emit)
	}
	if short {
		d.lost(k, false, emit)
	}
}
