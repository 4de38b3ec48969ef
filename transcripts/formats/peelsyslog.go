package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// syslogPrefix is "Jan  2 15:04:05 host prog[pid]: " with or without RFC 3164's
// priority, the same with the other times that journalctl and rsyslog write,
// and RFC 5424's "<34>1 TIME host prog pid id - ". Heroku names no host.
func syslogPrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	start := 0
	if len(line) > 0 && line[0] == '<' {
		if n, at, conn = rfc5424Prefix(line); n > 0 {
			return n, at, conn
		}
		start = bytes.IndexByte(line[:min(5, len(line))], '>') + 1
		if start < 3 || !isDigit(line[1]) {
			return 0, 0, nil
		}
	}
	at, n = syslogTime(line[start:])
	if n == 0 {
		return 0, 0, nil
	}
	n += start
	host := wordEnd(line[n:])
	if host > 2 && line[n+host-1] == ':' && line[n+host-2] == ']' { // it is the program
		return min(n+host+1, len(line)), at, line[n : n+host-1]
	}
	tag := wordEnd(line[min(n+host+1, len(line)):])
	from, to := n+host+1, n+host+1+tag
	if host == 0 || tag < 2 || to >= len(line) || line[to-1] != ':' {
		return 0, 0, nil
	}
	return to + 1, at, line[from : to-1]
}

// syslogTime reads a time as log daemons write it and the space behind it.
func syslogTime(line []byte) (at transcripts.Instant, n int) {
	if at, n = stamp(line); n > 0 {
		return at, n
	}
	switch at, n = monthDayTime(line); {
	case n > 0: // Jan  2 15:04:05
	case len(line) > 4 && line[3] == ' ' && letter(line[0]): // Tue 2026-01-02 15:04:05 UTC
		if at, n = dateTime(line[4:]); n == 0 {
			return 0, 0
		}
		if n += 4; n+1 < len(line) && line[n] == ' ' && letter(line[n+1]) {
			n += 1 + wordEnd(line[n+1:])
		}
	default:
		at, n = secondsSince(line)
	}
	if n == 0 || n >= len(line) || line[n] != ' ' {
		return 0, 0
	}
	return at, n + 1
}

// secondsSince reads "1732442402.123456", or "[  123.456789]" since the start
// of the system.
func secondsSince(line []byte) (at transcripts.Instant, n int) {
	bracket := len(line) > 0 && line[0] == '['
	if bracket {
		for n = 1; n < len(line) && line[n] == ' '; n++ {
		}
	}
	from := n
	for n < len(line) && isDigit(line[n]) && n < from+10 {
		n++
	}
	if n == from || n+7 > len(line) || line[n] != '.' {
		return 0, 0
	}
	seconds, micros := number(line[from:n]), number(line[n+1:n+7])
	if n += 7; micros < 0 {
		return 0, 0
	}
	if bracket {
		if n >= len(line) || line[n] != ']' {
			return 0, 0
		}
		n++
	}
	return transcripts.Instant(seconds)*1e9 + transcripts.Instant(micros)*1e3, n
}

func rfc5424Prefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
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
