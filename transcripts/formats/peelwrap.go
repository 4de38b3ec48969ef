package formats

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/smtplint/smtplint/transcripts"
)

// unwrapJSON takes the message out of a JSON object on one line, as Docker's
// json-file driver ("log"), journalctl -o json ("MESSAGE") and log libraries
// ("msg", "message") write it.
func unwrapJSON(line, buf []byte) (p peeling) {
	line = bytes.TrimRight(line, " \r")
	if len(line) < 2 || line[0] != '{' || line[len(line)-1] != '}' {
		return peeling{}
	}
	for n := 1; n < len(line); {
		key, next := jsonToken(line, n)
		if next == 0 || key[0] != '"' || next >= len(line) || line[next] != ':' {
			return peeling{}
		}
		from := jsonSpace(line, next+1)
		value, next := jsonToken(line, from)
		if next == 0 {
			return peeling{}
		}
		switch string(key) {
		case `"log"`, `"MESSAGE"`, `"msg"`, `"message"`:
			if value[0] == '"' {
				p.text, p.from = unquoteJSON(value, buf), from+1
			}
		case `"time"`, `"ts"`, `"timestamp"`, `"@timestamp"`:
			if t, n := dateTime(value[min(1, len(value)):]); n > 0 {
				zone, _ := zoneOffset(value, n+1)
				p.at = t - transcripts.Instant(zone)
			}
		case `"__REALTIME_TIMESTAMP"`:
			if micros, err := strconv.ParseInt(string(bytes.Trim(value, `"`)), 10, 64); err == nil {
				p.at = transcripts.Instant(micros) * 1e3
			}
		}
		if next = jsonSpace(line, next); next >= len(line) || line[next] != ',' {
			break
		}
		n = jsonSpace(line, next+1)
	}
	return p
}

func jsonSpace(line []byte, n int) int {
	for n < len(line) && line[n] == ' ' {
		n++
	}
	return n
}

// jsonToken returns the value that begins at n and where it ends; 0 where it
// does not. Arrays and objects are taken whole.
func jsonToken(line []byte, n int) (value []byte, end int) {
	depth := 0
	for i := n; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			for i++; i < len(line) && line[i] != '"'; i++ {
				if line[i] == '\\' {
					i++
				}
			}
			if i >= len(line) {
				return nil, 0
			}
			if depth == 0 {
				return line[n : i+1], i + 1
			}
		case c == '{' || c == '[':
			depth++
		case (c == '}' || c == ']' || c == ',') && depth == 0:
			if i == n {
				return nil, 0
			}
			return bytes.TrimRight(line[n:i], " "), i
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return line[n : i+1], i + 1
			}
		}
	}
	return nil, 0
}

// unquoteJSON undoes the quotes of JSON and appends the text to buf. It is
// never nil.
func unquoteJSON(value, buf []byte) []byte {
	value = value[1 : len(value)-1]
	if bytes.IndexByte(value, '\\') < 0 {
		return value[:len(value):len(value)]
	}
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c != '\\' || i+1 == len(value) {
			buf = append(buf, c)
			continue
		}
		i++
		switch c = value[i]; c {
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'u':
			if code, err := strconv.ParseUint(string(value[i+1:min(i+5, len(value))]), 16, 32); err == nil {
				buf = utf8.AppendRune(buf, rune(code))
				i += 4
				continue
			}
		case 'x': // Go's and logfmt's quotes
			if code, err := strconv.ParseUint(string(value[i+1:min(i+3, len(value))]), 16, 8); err == nil {
				buf = append(buf, byte(code))
				i += 2
				continue
			}
		}
		buf = append(buf, c)
	}
	return buf
}

// unwrapLogfmt takes the message out of a line of keys and values, as logrus
// and slog write it: time=... level=debug msg="...".
func unwrapLogfmt(line, buf []byte) (p peeling) {
	line = bytes.TrimRight(line, " \r")
	if key := bytes.IndexByte(line[:min(len(line), 40)], '='); key <= 0 || bytes.IndexByte(line[:key], ' ') >= 0 {
		return peeling{}
	}
	for _, key := range [...]string{" msg=", " message="} {
		n := bytes.Index(line, []byte(key))
		if n < 0 {
			continue
		}
		p.from = n + len(key)
		switch value, end := jsonToken(line, p.from); {
		case p.from < len(line) && line[p.from] == '"' && end > 0:
			p.text = unquoteJSON(value, buf)
			p.from++
		default:
			p.text = line[p.from : p.from+wordEnd(line[p.from:])]
		}
		if stamp, ok := bytes.CutPrefix(line, []byte("time=")); ok {
			stamp = bytes.TrimPrefix(stamp, []byte{'"'})
			if t, n := dateTime(stamp); n > 0 {
				zone, _ := zoneOffset(stamp, n)
				p.at = t - transcripts.Instant(zone)
			}
		}
		return p
	}
	return peeling{}
}

// unwrapMonolog takes "app.DEBUG: " off the start of a line and what Monolog
// was told besides the message, "[] []" where that is nothing, off its end.
func unwrapMonolog(line, _ []byte) peeling {
	word := wordEnd(line[:min(len(line), 60)])
	dot := bytes.IndexByte(line[:word], '.')
	if dot <= 0 || word >= len(line) || line[word-1] != ':' {
		return peeling{}
	}
	if n, _ := levelAt(line[dot+1:]); dot+1+n != word-1 {
		return peeling{}
	}
	text := bytes.TrimSuffix(bytes.TrimRight(line[word+1:], "\r"), []byte(" [] []"))
	return peeling{text: text[:len(text):len(text)], from: word + 1}
}
