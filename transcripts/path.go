package transcripts

import "strings"

// Path returns the address in a MAIL or RCPT command, without its angle
// brackets, and whether there is one. The null path gives "" and true.
func (c *Command) Path() (address string, ok bool) {
	_, rest, found := strings.Cut(c.Args, ":")
	if !found {
		return "", false
	}
	return TrimAngles(strings.TrimLeft(rest, " \t"))
}

// TrimAngles takes the brackets off a path at the start of text; what follows
// the path is dropped. A ">" inside a quoted local part does not end it (RFC
// 5321 §4.1.2).
func TrimAngles(text string) (address string, ok bool) {
	text, bracketed := strings.CutPrefix(text, "<")
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case bracketed && c == '>', !bracketed && c == ' ':
			return text[:i], true
		}
	}
	return text, !bracketed && text != ""
}
