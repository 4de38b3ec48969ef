package transcripts

import (
	"iter"
	"strings"
)

// An Envelope is the argument of MAIL or RCPT taken apart (RFC 5321 §4.1.1.2,
// §4.1.1.3). All its pieces are cut out of the line, and put together they are
// the argument again: Keyword, Colon, Path.Name, Path.Text, Tail.
type Envelope struct {
	Keyword string // "FROM" or "TO", in any case; "" where no such word stands there
	Colon   string // what separates the keyword from the path: ":", or the blanks and the colon
	Path    Path
	Tail    string // what follows the path: parameters, with the space before them
}

// Envelope takes the argument of the command apart. That of VRFY and EXPN is a
// path without keyword; other commands have none.
func (c *Command) Envelope() Envelope {
	var e Envelope
	rest := c.Args
	switch c.Verb {
	case MAIL, SEND, SOML, SAML, RCPT:
		e.Keyword, e.Colon, rest = cutKeyword(rest)
	case VRFY, EXPN:
	default:
		return e
	}
	if colon, blank := strings.CutSuffix(e.Colon, " "); blank && beginsWithParam(rest) {
		// The path is missing, which web pages take for a tag and do not show.
		e.Colon, e.Tail = colon, c.Args[len(e.Keyword)+len(colon):]
		return e
	}
	e.Tail = e.Path.parse(rest)
	return e
}

// beginsWithParam reports whether a well-known parameter stands where a path
// should.
func beginsWithParam(rest string) bool {
	p, _ := cutParam(rest)
	switch strings.ToUpper(p.Keyword) {
	case "AUTH", "BODY", "ENVID", "NOTIFY", "ORCPT", "RET", "SIZE":
		return p.Valued
	case "SMTPUTF8":
		return !p.Valued
	}
	return false
}

// Path returns the path that MAIL, RCPT, VRFY or EXPN names.
func (c *Command) Path() Path { return c.Envelope().Path }

// Params walks through the parameters of MAIL, RCPT, VRFY or EXPN.
func (c *Command) Params() iter.Seq[Param] {
	return func(yield func(Param) bool) {
		e := c.Envelope()
		e.Params()(yield)
	}
}

// Params walks through the parameters behind the path.
func (e *Envelope) Params() iter.Seq[Param] {
	return func(yield func(Param) bool) {
		for tail := e.Tail; ; {
			var p Param
			if p, tail = cutParam(tail); p.Text == "" || !yield(p) {
				return
			}
		}
	}
}

// Param returns the first parameter with a keyword, which may be written in
// any case.
func (c *Command) Param(keyword string) (Param, bool) {
	for p := range c.Params() {
		if strings.EqualFold(p.Keyword, keyword) {
			return p, true
		}
	}
	return Param{}, false
}

// cutKeyword takes a word and a colon off, with the blanks around the colon. A
// word without colon counts where it is FROM or TO.
func cutKeyword(args string) (keyword, colon, rest string) {
	n := 0
	for n < len(args) && isLetter(args[n]) {
		n++
	}
	end := skipBlank(args, n)
	if end < len(args) && args[end] == ':' {
		end = skipBlank(args, end+1)
	} else if word := args[:n]; !strings.EqualFold(word, "FROM") && !strings.EqualFold(word, "TO") {
		return "", "", args
	}
	return args[:n], args[n:end], args[end:]
}

// skipBlank returns the position from n on where no space or tab stands.
func skipBlank(s string, n int) int {
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return n
}
