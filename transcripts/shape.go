package transcripts

import (
	"bytes"
	"strings"
)

// LooksLikeCommand reports whether a line has the full shape of a command that
// some specification defines.
func LooksLikeCommand[T string | []byte](line T) bool { return commandShaped([]byte(line)) }

// commandShaped reports whether a client line has the full shape of a command:
// a known verb with arguments of the kind it takes. It is asked where text and
// commands can follow each other, so it is stricter than a server would be: a
// sentence that happens to begin with a verb is text.
func commandShaped(line []byte) bool {
	if !startsLikeVerb(line) {
		return false // by far the most
	}
	v, n := parseVerb(line)
	if v <= Unknown {
		return false
	}
	args := bytes.TrimSpace(line[n:])
	switch v {
	case MAIL, SEND, SOML, SAML:
		return hasPrefixFold(args, "FROM:")
	case RCPT:
		return hasPrefixFold(args, "TO:")
	case DATA, QUIT, RSET, STARTTLS, TURN, NOOP, HELP:
		return len(args) == 0
	case EHLO, HELO, LHLO, ETRN, VRFY, EXPN:
		return len(args) > 0 && bytes.IndexByte(args, ' ') < 0
	case BDAT:
		_, _, ok := parseChunk(args)
		return ok
	case AUTH:
		return len(args) > 0 && bytes.Count(args, []byte{' '}) <= 1
	}
	return len(args) > 0 // BURL, ATRN, XCLIENT, XFORWARD
}

// wordShaped reports whether a line that is no known command still looks like
// an attempt at one: a single word in capitals with or without arguments, or a
// lone word. A misspelt command is told from message text by this.
func wordShaped(line []byte) bool {
	v, n := parseVerb(line)
	if v == NoVerb {
		return false
	}
	for _, c := range line[:n] {
		if 'a' <= c && c <= 'z' {
			return n == len(line)
		}
	}
	return n == len(line) || line[n] == ' '
}

// ChunkSize returns how many octets a BDAT command announces.
func ChunkSize(line []byte) (size int64, ok bool) {
	verb, n := parseVerb(line)
	size, _, ok = parseChunk(bytes.TrimSpace(line[n:]))
	return size, ok && verb == BDAT
}

// parseChunk reads the arguments of BDAT: the octet count and LAST (RFC 3030 §2).
func parseChunk(args []byte) (size int64, last, ok bool) {
	n := 0
	for n < len(args) && isDigit(args[n]) && n < 19 {
		size = size*10 + int64(args[n]-'0')
		n++
	}
	rest := bytes.TrimSpace(args[n:])
	last = bytes.EqualFold(rest, []byte("LAST"))
	return size, last, n > 0 && size >= 0 && (len(rest) == 0 || last)
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && bytes.EqualFold(b[:len(prefix)], []byte(prefix))
}

// trimBlank takes spaces and tabs off both ends.
func trimBlank(s string) string { return strings.Trim(s, " \t") }
