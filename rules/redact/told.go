package redact

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// told finds the passwords that a recorder tells in a line of its own words, as
// in "password=hunter2", "the user is alice, with password hunter2" or
// "smtps://alice:hunter2@mx.example.org".
func told(line []byte) (passwords []string) {
	line = bytes.TrimRight(line, "\r\n")
	for at := 0; ; {
		n := indexFold(line[at:], "passw")
		if n < 0 {
			break
		}
		at += n
		before := bytes.TrimRight(line[:at], " ")
		for at < len(line) && isLetter(line[at]) {
			at++
		}
		if p := value(line[at:], before); p != "" {
			passwords = append(passwords, p)
		}
	}
	for rest, found := line, true; found; {
		if _, rest, found = bytes.Cut(rest, []byte("://")); found {
			if p := inURL(rest); p != "" {
				passwords = append(passwords, p)
			}
		}
	}
	return passwords
}

// inURL returns the password in what stands behind "://" (RFC 3986 §3.2.1).
func inURL(rest []byte) string {
	if end := bytes.IndexAny(rest, "/ \t\"'<>"); end >= 0 {
		rest = rest[:end]
	}
	at := bytes.LastIndexByte(rest, '@')
	_, password, found := bytes.Cut(rest[:max(0, at)], []byte(":"))
	if !found || len(password) < shortest || transcripts.Redacted(string(password)) {
		return ""
	}
	return string(password)
}

// value returns what a password is said to be behind that word.
func value(rest, before []byte) string {
	text := bytes.TrimLeft(rest, " \t")
	after, assigned := bytes.CutPrefix(text, []byte("="))
	if !assigned {
		after, assigned = bytes.CutPrefix(text, []byte(":"))
	}
	after, is := bytes.CutPrefix(after, []byte("is "))
	after = bytes.Trim(bytes.TrimLeft(after, " \t"), "\"'`")
	end := bytes.IndexAny(after, " \t\"'`,;)")
	if end < 0 {
		end = len(after)
	}
	switch word, rest := string(after[:end]), bytes.Trim(after[end:], " \t\"'`,;)"); {
	case len(word) < shortest || word[0] == '<' || word[0] == '(' || transcripts.Redacted(word):
		return ""
	case assigned || is,
		len(rest) == 0 && (bytes.HasSuffix(before, []byte("with")) || bytes.HasSuffix(before, []byte(",")) || bytes.HasSuffix(before, []byte("("))):
		return word
	}
	return ""
}

// indexFold returns where a word in small letters begins in text, in any case,
// or -1.
func indexFold(text []byte, word string) int {
	for at := 0; at+len(word) <= len(text); at++ {
		if text[at]|0x20 == word[0] && bytes.EqualFold(text[at:at+len(word)], []byte(word)) {
			return at
		}
	}
	return -1
}
