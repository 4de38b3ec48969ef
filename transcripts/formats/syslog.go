package formats

import (
	"bytes"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// syslogRecord is a record of a syslog file taken apart: what stands before
// the message of a program, and where the message begins.
type syslogRecord struct {
	at        transcripts.Instant
	host, tag []byte
	pid       []byte
	text      int
}

// readSyslog reads the header of a record in one of the forms in use: the
// traditional one of RFC 3164, the same with the time of RFC 3339, both also
// without the host or with the facility behind it, the tag alone, and the form
// of RFC 5424.
func readSyslog(line []byte) (r syslogRecord, ok bool) {
	if len(line) < 8 {
		return r, false
	}
	if line[0] == '<' {
		return readSyslog5424(line)
	}
	n := 0
	if r.at, n, ok = readStamp(line); !ok {
		return r, false
	}
	return r, r.readWords(line, n)
}

// readStamp reads the time of a record and returns where its words begin: at 0
// where there is no time.
func readStamp(line []byte) (at transcripts.Instant, n int, ok bool) {
	if isDigit(line[0]) {
		if at, n = dateTime(line); n > 0 {
			var zone time.Duration
			zone, n = zoneOffset(line, n)
			at -= transcripts.Instant(zone)
		}
	} else {
		at, n = monthDayTime(line)
	}
	switch {
	case n == 0:
		return 0, 0, true
	case n >= len(line) || line[n] != ' ':
		return 0, 0, false
	}
	return at, n + 1, true
}

// readWords reads what stands between the time of a record and its text, from
// octet n on.
func (r *syslogRecord) readWords(line []byte, n int) bool {
	colon := bytes.Index(line[n:min(len(line), n+longestTag)], []byte(": "))
	if colon <= 0 {
		return false
	}
	words := line[n : n+colon]
	tag := bytes.LastIndexByte(words, ' ') + 1
	r.host, r.tag, r.pid = nil, words[tag:], nil
	if tag > 0 {
		r.host = words[:bytes.IndexByte(words, ' ')]
	}
	if open := bytes.IndexByte(r.tag, '['); open > 0 && r.tag[len(r.tag)-1] == ']' {
		r.tag, r.pid = r.tag[:open], r.tag[open+1:len(r.tag)-1]
	}
	if bytes.Count(words, []byte{' '}) > 2 || n == 0 && (tag > 0 || len(r.pid) == 0) {
		return false
	}
	r.text = n + colon + 2
	return true
}

const longestTag = 256 // with what stands between it and the time

// readSyslog5424 reads "<PRI>1 TIME HOST TAG PID MSGID DATA TEXT". The data is
// a lone "-" or in brackets.
func readSyslog5424(line []byte) (r syslogRecord, ok bool) {
	pri := bytes.IndexByte(line, '>')
	if pri < 2 || pri > 4 || !bytes.HasPrefix(line[pri+1:], []byte("1 ")) {
		return r, false
	}
	n := pri + 3
	field := func() []byte {
		space := bytes.IndexByte(line[n:], ' ')
		if space < 0 {
			return nil
		}
		f := line[n : n+space]
		n += space + 1
		return f
	}
	stamp := field()
	if at, end := dateTime(stamp); end > 0 {
		zone, _ := zoneOffset(stamp, end)
		r.at = at - transcripts.Instant(zone)
	}
	r.host, r.tag, r.pid = field(), field(), field()
	field()
	if n >= len(line) || r.pid == nil {
		return r, false
	}
	if line[n] == '[' {
		end := bytes.Index(line[n:], []byte("] "))
		if end < 0 {
			return r, false
		}
		n += end + 2
	} else if data := field(); string(data) != "-" {
		return r, false
	}
	if n < len(line) && line[n] == ' ' { // rsyslog keeps the blank that stood before the text
		n++
	}
	r.text = n
	return r, true
}

// appendConn appends a name for the process that wrote the record, without
// blanks. Records of several hosts may stand in one file.
func (r *syslogRecord) appendConn(b []byte) []byte {
	if len(r.pid) == 0 {
		return b
	}
	if len(r.host) > 0 {
		b = append(append(b, r.host...), '/')
	}
	b = append(append(b, r.tag...), '[')
	return append(append(b, r.pid...), ']')
}
