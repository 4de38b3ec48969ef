package transcripts

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
)

// Mask stands in place of a credential wherever a recording is shown.
const Mask = "****"

// Secret returns the part of the client's line that carries credentials: the
// initial response of AUTH, the answer to a 334 (RFC 4954 §4), the token that
// authorizes a URL in BURL (RFC 4467 §3), the password of another protocol, and
// what an AUTH command within an unknown one carries.
// It is empty where there are none, where the exchange was cancelled, and where
// the recorder has hidden them.
func (e *Exchange) Secret() string {
	switch {
	case e.Kind == Answered:
		return secretIn(e.Command.Text, true)
	case e.Kind != Ordered:
	case e.Command.Verb == AUTH:
		return secretIn(e.Command.Text, false)
	case e.Command.Verb == BURL:
		return urlToken(e.Command.Text)
	case e.Command.Verb <= Unknown:
		return cmp.Or(passwordIn(e.Command.Text), quotedIn(e.Command.Text))
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

// urlToken finds the token in a line with a URL that is authorized by one:
// ";URLAUTH=" access ":" mechanism ":" token.
func urlToken(line string) string {
	at := indexFold(line, ";URLAUTH=")
	if at < 0 {
		return ""
	}
	token, _, _ := strings.Cut(line[at:], " ")
	for range 2 {
		_, rest, found := strings.Cut(token, ":")
		if !found {
			return ""
		}
		token = rest
	}
	return unlessRedacted(token)
}

// passwordIn finds the password in a line with which POP and FTP clients log in.
func passwordIn(line string) string {
	word, rest, _ := strings.Cut(line, " ")
	if !strings.EqualFold(word, "PASS") {
		return ""
	}
	return unlessRedacted(trimBlank(rest))
}

// quotedIn finds the credentials in a line that has an AUTH command in it, as
// where a program logs a quoted one: b'AUTH PLAIN AGFs...'.
func quotedIn(line string) string {
	_, args, _ := strings.Cut(line, "AUTH ")
	_, token, _ := strings.Cut(args, " ")
	end := 0
	for end < len(token) && (isLetter(token[end]) || isDigit(token[end]) || strings.IndexByte("+/=", token[end]) >= 0) {
		end++
	}
	if end < shortestToken {
		return ""
	}
	return unlessRedacted(token[:end])
}

// shortestToken is how long what follows "AUTH" and a word must be to be taken
// for credentials: shorter than any name and password in base64.
const shortestToken = 8

// BearerToken finds the token in a header field "Authorization: Bearer ...",
// which is made for HTTP (RFC 6750 §2.1), but stands in messages about it.
func BearerToken(line string) string {
	const field = "Authorization:"
	if len(line) <= len(field) || !strings.EqualFold(line[:len(field)], field) {
		return ""
	}
	kind, token, _ := strings.Cut(trimBlank(line[len(field):]), " ")
	if !strings.EqualFold(kind, "Bearer") {
		return ""
	}
	return unlessRedacted(trimBlank(token))
}

func unlessRedacted(secret string) string {
	if Redacted(secret) {
		return ""
	}
	return secret
}

// indexFold returns where a word in capitals begins in text, in any case, or -1.
func indexFold(text, word string) int {
	for at := 0; at+len(word) <= len(text); at++ {
		if sameFold(text[at:], word) {
			return at
		}
	}
	return -1
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
	if len(text) >= shortestPlaceholder {
		for _, s := range placeholders {
			if strings.Contains(text, s) {
				return true
			}
		}
	}
	return text == "/* secured */"
}

// placeholders are what recorders write for a credential before they encode it
// in base64, and how that looks behind any number of other octets.
var placeholders = [...]string{
	"/* secret */", "Lyogc2VjcmV0ICov", "8qIHNlY3JldCAqL", "vKiBzZWNyZXQgKi",
	"PROVIDED_BUT_REMOVED", "UFJPVklERURfQlVUX1JFTU9WRU", "BST1ZJREVEX0JVVF9SRU1PVkVE", "QUk9WSURFRF9CVVRfUkVNT1ZFR",
}

const shortestPlaceholder = len("/* secret */")

// Credentials finds what Exchange.Secret finds, in a stream of lines.
type Credentials struct {
	asked  map[string]bool // by connection: an AUTH exchange is going on
	before []byte          // how the client's line before began
}

// In returns the part of a line that carries credentials, or "". It is to be
// given all lines of a recording in their order.
func (c *Credentials) In(l *Line) string {
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
	case Client:
		return c.inClient(l)
	}
	return ""
}

func (c *Credentials) inClient(l *Line) (secret string) {
	answer := c.asked[string(l.Conn)]
	verb, _ := parseVerb(l.Text)
	switch {
	case verb == AUTH:
		c.asked[string(l.Conn)] = true // the 334 may not be on record
		secret = secretIn(string(l.Text), false)
	case answer && commandShaped(l.Text):
		delete(c.asked, string(l.Conn))
	case answer:
		secret = secretIn(string(l.Text), true)
	case verb == BURL:
		secret = urlToken(string(l.Text))
	case hasPrefixFold(l.Text, "PASS ") && hasPrefixFold(c.before, "USER "):
		secret = passwordIn(string(l.Text))
	case hasPrefixFold(l.Text, "AUTHORIZATION:"):
		secret = BearerToken(string(l.Text))
	case verb <= Unknown && bytes.Contains(l.Text, []byte("AUTH ")):
		secret = quotedIn(string(l.Text))
	}
	c.before = append(c.before[:0], l.Text[:min(len(l.Text), len("USER "))]...)
	return secret
}

// A concealer masks credentials in a stream of lines.
type concealer struct {
	Credentials
	known []string // the latest ones, as sent and decoded, which others may repeat
	buf   []byte
}

const (
	mostKnown  = 32
	leastKnown = 6 // octets: shorter ones may be words that mean something else
)

// line returns the text of l with its credentials masked. It is valid until
// the next call.
func (c *concealer) line(l *Line) []byte {
	secret := c.In(l)
	if l.From != Client {
		return c.repeated(l.Text)
	}
	if secret == "" {
		return l.Text
	}
	c.learn(secret)
	at := bytes.LastIndex(l.Text, []byte(secret))
	c.buf = append(append(append(c.buf[:0], l.Text[:at]...), Mask...), l.Text[at+len(secret):]...)
	return c.buf
}

// learn keeps what was sent, and the password or the proof at the end of what it
// stands for.
func (c *concealer) learn(secret string) {
	c.know(secret)
	if b, err := base64.StdEncoding.DecodeString(secret); err == nil {
		message := strings.TrimRight(string(b), "\x01")
		if strings.Contains(message, "@") && !strings.ContainsAny(message, "\x00\x01 ") {
			return // who it is
		}
		c.know(message[strings.LastIndexAny(message, "\x00\x01")+1:])
		c.know(message[strings.LastIndexAny(message, "\x00\x01 ")+1:])
	}
}

func (c *concealer) know(secret string) {
	if len(secret) < leastKnown || slices.Contains(c.known, secret) {
		return
	}
	if len(c.known) == mostKnown {
		c.known = slices.Delete(c.known, 0, 1)
	}
	c.known = append(c.known, secret)
}

// repeated masks what the recorder or the server repeats.
func (c *concealer) repeated(text []byte) []byte {
	for _, secret := range c.known {
		if bytes.Contains(text, []byte(secret)) {
			text = bytes.ReplaceAll(text, []byte(secret), []byte(Mask))
		}
	}
	return text
}
