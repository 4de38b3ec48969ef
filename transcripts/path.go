package transcripts

import "strings"

// A Path is a reverse-path or forward-path (RFC 5321 §4.1.2), or what stands in
// its place. Its pieces are cut out of the line.
type Path struct {
	Name         string // text before the "<", where none belongs: a display name
	Text         string // the path as written, with its angle brackets
	Open, Closed bool   // whether it has "<" and ">"
	Route        string // the source route "@a,@b", without the colon behind it
	Mailbox      Mailbox
}

// Null reports whether this is the null path, "<>".
func (p *Path) Null() bool { return p.Text == "<>" }

// ParsePath takes the path at the start of text apart and returns what follows
// it.
func ParsePath(text string) (p Path, tail string) {
	tail = p.parse(text)
	return p, tail
}

func (p *Path) parse(text string) (tail string) {
	from, end := 0, 0
	if !strings.HasPrefix(text, "<") {
		from = max(0, strings.Index(text, " <")+1)
	}
	p.Open = strings.HasPrefix(text[from:], "<")
	if p.Open {
		end, p.Closed = endOfPath(text[from+1:])
		end += from + 1
	} else {
		end = endOfWord(text)
		p.Closed = end > 0 && text[end-1] == '>'
	}
	p.Name, p.Text = text[:from], text[from:end]
	inner := p.Text
	if p.Open {
		inner = inner[1:]
	}
	if p.Closed {
		inner = inner[:len(inner)-1]
	}
	if strings.HasPrefix(inner, "@") {
		p.Route, inner = cutRoute(inner)
	}
	if inner != "" || p.Route != "" { // else it is the null path, or none
		p.Mailbox.parse(inner)
	}
	return text[end:]
}

// endOfPath returns the position behind the ">" that ends the path whose "<"
// stands before text. A ">" in a quoted local part does not. Where there is
// none, the path ends with its first word.
func endOfPath(text string) (end int, closed bool) {
	if end = indexUnquoted(text, '>'); end >= 0 {
		return end + 1, true
	}
	return endOfWord(text), false
}

func endOfWord(text string) int {
	if end := indexUnquoted(text, ' '); end >= 0 {
		return end
	}
	return len(text)
}

// indexUnquoted returns the position of the first c that is not in a quoted
// string, or -1. A quotation mark without a second one quotes nothing.
func indexUnquoted(text string, c byte) int {
	if n := strings.IndexByte(text, c); n < 0 || strings.IndexByte(text[:n], '"') < 0 {
		return n // by far the most
	}
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quoted:
			i++
		case text[i] == '"':
			quoted = !quoted
		case text[i] == c && !quoted:
			return i
		}
	}
	if quoted {
		return strings.IndexByte(text, c)
	}
	return -1
}

// cutRoute takes a source route and the colon behind it off text that begins
// with "@".
func cutRoute(text string) (route, mailbox string) {
	bracketed := false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[':
			bracketed = true
		case ']':
			bracketed = false
		case ':':
			if !bracketed {
				return text[:i], text[i+1:]
			}
		}
	}
	return "", text
}
