package formats

import "bytes"

// A syslogReader reads the headers of a file of records, one after the other.
// Nearly every record begins like the one before, up to the process id, and
// what is the same is not read again.
type syslogReader struct {
	syslogRecord        // the last one; its fields are lent until the next
	head         []byte // what it begins with, up to its process id; empty where that is no number
	stamped      int    // octets of head that are the time
	from         []byte // what the names of the host's processes begin with
	conn         []byte // the name of a process
}

const longestID = 10 // digits

// read does what readSyslog does.
func (s *syslogReader) read(line []byte) (ok bool) {
	if bytes.HasPrefix(line, s.head) && s.readID(line) {
		return true
	}
	if len(line) < 8 || line[0] == '<' {
		s.head = s.head[:0]
		s.syslogRecord, ok = readSyslog(line)
		return ok
	}
	at, n := s.at, s.stamped
	if len(s.head) == 0 || n == 0 || !bytes.HasPrefix(line, s.head[:n]) {
		if at, n, ok = readStamp(line); !ok {
			return false
		}
		if n > 0 && n == s.stamped && len(s.head) > 0 && bytes.HasPrefix(line[n:], s.head[n:]) && s.readID(line) {
			copy(s.head, line[:n])
			s.at = at
			return true
		}
	}
	s.at = at
	if ok = s.readWords(line, n); ok {
		s.keepHead(line, n)
	} else {
		s.head = s.head[:0]
	}
	return ok
}

// readID reads the process id behind what records begin with, and finds the
// text.
func (s *syslogReader) readID(line []byte) bool {
	from := len(s.head)
	n := from
	for n < len(line) && isDigit(line[n]) {
		n++
	}
	if from == 0 || n == from || n > from+longestID || !bytes.HasPrefix(line[n:], []byte("]: ")) {
		return false
	}
	s.pid, s.text = line[from:n], n+len("]: ")
	return true
}

// keepHead keeps what a record begins with, whose words stand behind octet n.
func (s *syslogReader) keepHead(line []byte, n int) {
	s.head = s.head[:0]
	if len(s.pid) == 0 || len(s.pid) > longestID || number(s.pid) < 0 {
		return
	}
	s.head = append(s.head, line[:s.text-len("]: ")-len(s.pid)]...)
	s.stamped = n
	s.host = s.head[n : n+len(s.host)]
	end := len(s.head) - 1
	s.tag = s.head[end-len(s.tag) : end]
	if s.from = s.from[:0]; len(s.host) > 0 {
		s.from = append(append(s.from, s.host...), '/')
	}
}

// name returns a name for the process that wrote the record, as appendConn
// makes it. It is lent until the next one is asked for.
func (s *syslogReader) name() []byte {
	s.conn = s.appendConn(s.conn[:0])
	return s.conn
}

// parts returns the name in two parts, which need not be put together first.
func (s *syslogReader) parts(line []byte) (start, rest []byte) {
	if len(s.head) == 0 {
		return nil, s.name()
	}
	return s.from, line[len(s.head)-len("[")-len(s.tag) : s.text-len(": ")]
}
