package transcripts

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// Mask stands in place of a credential wherever a recording is shown.
const Mask = "****"

// Secret returns the part of the client's line that carries credentials: the
// initial response of AUTH, or the answer to a 334 (RFC 4954 §4). It is empty
// where there are none, where the exchange was cancelled, and where the
// recorder has hidden them.
func (e *Exchange) Secret() string {
	switch {
	case e.Kind == Answered:
		return secretIn(e.Command.Text, true)
	case e.Kind == Ordered && e.Command.Verb == AUTH:
		return secretIn(e.Command.Text, false)
	}
	return ""
}

// Shown returns the client's line with its credentials masked.
func (e *Exchange) Shown() string {
	text := e.Command.Text
	secret := e.Secret()
	if secret == "" {
		return text
	}
	at := strings.LastIndex(text, secret)
	return text[:at] + Mask + text[at+len(secret):]
}

// secretIn finds the credentials in a line of an AUTH exchange: an answer is
// all of them, a command has them after the mechanism.
func secretIn(line string, answer bool) string {
	secret := trimBlank(line)
	if !answer {
		_, rest, _ := strings.Cut(secret, " ")
		_, rest, _ = strings.Cut(strings.TrimLeft(rest, " \t"), " ")
		secret = trimBlank(rest)
	}
	if secret == "*" || secret == "=" || Redacted(secret) {
		return ""
	}
	return secret
}

var stars = []string{"redacted", "credentials hidden", "credentials removed", "hidden", "auth data redacted", "[userid]", "[password]",
	"suppressed", "omitted", "smtp auth data redacted", "auth command - method"}

// Redacted reports whether a recorder has put text in the place of
// credentials: a run of one character, words in brackets, or a token that
// decodes to a placeholder.
func Redacted(text string) bool {
	if text == "" {
		return true
	}
	if strings.Trim(text, text[:1]) == "" && (text[0] == '*' || text[0] == 'x' || text[0] == 'X' || text[0] == '.' || len(text) > 3) {
		return true
	}
	switch text[0] {
	case '<', '[', '(':
		low := strings.ToLower(text)
		for _, s := range stars {
			if strings.Contains(low, s) {
				return true
			}
		}
	}
	if b, err := base64.StdEncoding.DecodeString(text); err == nil {
		return bytes.Contains(b, []byte("/* secret */")) || bytes.Contains(b, []byte("PROVIDED_BUT_REMOVED"))
	}
	return strings.Contains(text, "/* secret */") || text == "/* secured */" || strings.Contains(text, "PROVIDED_BUT_REMOVED")
}

// A concealer masks credentials in a stream of lines.
type concealer struct {
	asked map[string]bool // by connection: an AUTH exchange is going on
	buf   []byte
}

// line returns the text of l with its credentials masked. It is valid until
// the next call.
func (c *concealer) line(l *Line) []byte {
	if c.asked == nil {
		c.asked = map[string]bool{}
	}
	switch l.From {
	case Server:
		code, sep, _ := parseReplyLine(l.Text)
		if code != 334 && sep != '-' {
			delete(c.asked, string(l.Conn))
		} else if code == 334 {
			c.asked[string(l.Conn)] = true
		}
		return l.Text
	case Client:
		answer := c.asked[string(l.Conn)]
		switch verb, _ := parseVerb(l.Text); {
		case verb == AUTH:
			c.asked[string(l.Conn)] = true // the 334 may not be on record
			answer = false
		case !answer:
			return l.Text
		case commandShaped(l.Text):
			delete(c.asked, string(l.Conn))
			return l.Text
		}
		secret := secretIn(string(l.Text), answer)
		if secret == "" {
			return l.Text
		}
		at := bytes.LastIndex(l.Text, []byte(secret))
		c.buf = append(append(append(c.buf[:0], l.Text[:at]...), Mask...), l.Text[at+len(secret):]...)
		return c.buf
	}
	return l.Text
}
