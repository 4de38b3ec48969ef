package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// levelPrefix is a level and what log libraries put beside it:
//
//	DEBUG text                     INFO: text                DEBUG:smtp.client:text
//	DEBUG    smtp:client.py:12 text        (pytest)
//	DEBUG c.e.Mailer - text                (Log4j, Logback, behind the thread)
//	 INFO 12 --- [main] c.e.Mailer   : text (Spring Boot)
//	- smtp - DEBUG - text                  (a layout common with Python)
//	D, [2026-01-02T15:04:05.123456 #12] DEBUG -- : text (Ruby)
//	main.go:12: text                       (Go)
func levelPrefix(line []byte) (n int, at transcripts.Instant, conn []byte) {
	level, at := levelAt(line)
	if level == 0 {
		return goFile(line), 0, nil
	}
	n = level
	if n >= len(line) {
		return 0, 0, nil
	}
	switch {
	case bytes.HasPrefix(line[n:], []byte(" - ")):
		return n + 3, at, nil
	case bytes.HasPrefix(line[n:], []byte(" -- ")):
		if colon := bytes.Index(line[n:min(len(line), n+80)], []byte(": ")); colon > 0 {
			return n + colon + 2, at, nil
		}
	case line[n] == ' ':
		if more := loggerAt(line[n:]); more > 0 {
			return n + more, at, nil
		}
		return n + 1, at, nil
	case line[n] == ':':
		n++
		if n < len(line) && line[n] == ' ' {
			return n + 1, at, nil
		}
		if end := bytes.IndexByte(line[n:min(len(line), n+60)], ':'); end > 0 {
			return n + end + 1, at, nil
		}
		return n, at, nil
	}
	return 0, 0, nil
}

// levelAt returns where the level at the start of a line ends, 0 where there
// is none.
func levelAt(line []byte) (n int, at transcripts.Instant) {
	switch {
	case len(line) > 4 && line[1] == ',' && line[2] == ' ' && line[3] == '[':
		end := bytes.Index(line[:min(len(line), 60)], []byte("] "))
		if end < 0 {
			return 0, 0
		}
		at, _ = dateTime(line[4:])
		n = end + 2
	case bytes.HasPrefix(line, []byte("- ")):
		name := wordEnd(line[2:])
		if !bytes.HasPrefix(line[2+name:], []byte(" - ")) {
			return 0, 0
		}
		n = 2 + name + 3
	}
	for n < len(line) && line[n] == ' ' && n < 3 {
		n++
	}
	for _, level := range [...]string{"DEBUG", "INFO", "TRACE", "WARNING", "WARN", "ERROR", "NOTICE", "debug", "info", "trace", "warning", "warn", "error"} {
		if bytes.HasPrefix(line[n:], []byte(level)) {
			return n + len(level), at
		}
	}
	return 0, 0
}

// loggerAt returns the length of what names the logger behind a level and
// ends before the text; 0 where nothing does.
func loggerAt(text []byte) int {
	n := 0
	for n < len(text) && text[n] == ' ' {
		n++
	}
	name := n + wordEnd(text[n:])
	switch {
	case bytes.HasPrefix(text[name:], []byte(" - ")):
		return name + 3
	case bytes.HasPrefix(text[name:], []byte(" --- [")):
		end := bytes.Index(text[:min(len(text), 160)], []byte(" : "))
		if end > 0 {
			return end + 3
		}
	case bytes.Contains(text[n:name], []byte(".py:")) && name < len(text):
		return name + 1
	}
	return 0
}

// goFile returns the length of "main.go:12: ", 0 where there is none.
func goFile(line []byte) int {
	word := wordEnd(line[:min(len(line), 80)])
	file := bytes.Index(line[:word], []byte(".go:"))
	if file <= 0 || word >= len(line) || line[word-1] != ':' || number(line[file+4:word-1]) < 0 {
		return 0
	}
	return word + 1
}
