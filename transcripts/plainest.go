package transcripts

import "strings"

// Form is how a command looks.
type Form uint8

const (
	OddForm   Form = iota // it may be as good as any, but only a closer look can tell
	SizedForm             // plain, but for the parameters SIZE and BODY of MAIL, which are plain as well
	PlainForm             // the plainest there is, in which nothing can be wrong
)

// Plain reports whether a command has the plainest form there is.
func (c *Command) Plain() bool { return c.Form() == PlainForm }

// Form tells plain commands from others: a path KEYWORD:<atom@host.example> or
// <> without parameters, a host name, or no argument where none belongs, behind
// one space and with none behind it. Nearly all commands are like this, and to
// tell so takes one look at each octet.
func (c *Command) Form() Form {
	args := c.Args
	switch c.Verb {
	case DATA, QUIT, RSET, NOOP:
		return plainIf(len(c.Text) == len(verbNames[c.Verb]))
	}
	if len(c.Text) != len(verbNames[c.Verb])+len(" ")+len(args) {
		return OddForm
	}
	switch c.Verb {
	case EHLO, HELO, LHLO:
		end, dots := plainHost(args, 0)
		return plainIf(end == len(args) && dots > 0 && len(args) < plainLength)
	case MAIL:
		form := PlainForm
		if end := strings.IndexByte(args, '>') + 1; end < len(args) && plainParams(args[end:]) {
			args, form = args[:end], SizedForm
		}
		if plainPath(args, "FROM:<") {
			return form
		}
	case RCPT:
		return plainIf(len(args) > len("TO:<>") && plainPath(args, "TO:<"))
	}
	return OddForm
}

func plainIf(plain bool) Form {
	if plain {
		return PlainForm
	}
	return OddForm
}

// plainLength is the length up to which no limit of RFC 5321 §4.5.3.1 but that
// of local parts can be exceeded.
const plainLength = 200

// plainParams reports whether text is a SIZE that no limit of RFC 1870 §4 can be
// exceeded by, a BODY that is not binary, or both.
func plainParams(text string) bool {
	sized, typed := false, false
	for text != "" {
		switch size, isSize := strings.CutPrefix(text, " SIZE="); {
		case isSize && !sized:
			n := 0
			for n < len(size) && isDigit(size[n]) {
				n++
			}
			if n == 0 || n > 18 {
				return false
			}
			text, sized = size[n:], true
		case strings.HasPrefix(text, " BODY=8BITMIME") && !typed:
			text, typed = text[len(" BODY=8BITMIME"):], true
		case strings.HasPrefix(text, " BODY=7BIT") && !typed:
			text, typed = text[len(" BODY=7BIT"):], true
		default:
			return false
		}
	}
	return true
}

func plainPath(args, before string) bool {
	if len(args) > plainLength || len(args) <= len(before) || args[len(args)-1] != '>' || !sameFold(args[:len(before)], before) {
		return false
	}
	path := args[len(before) : len(args)-1]
	if path == "" {
		return true
	}
	n := 0
	for n < len(path) && (octetClass[path[n]]&inPlainLocal != 0 || path[n] == '.' && n > 0 && path[n-1] != '.') {
		n++
	}
	if n == 0 || n == len(path) || path[n] != '@' || path[n-1] == '.' || n > 64 {
		return false
	}
	end, dots := plainHost(path, n+1)
	return end == len(path) && dots > 0
}

// plainHost finds the end of a host name that begins at from, and counts its
// periods. The name ends with a letter.
func plainHost(text string, from int) (end, dots int) {
	for end = from; end < len(text); end++ {
		c := text[end]
		if octetClass[c]&inHost != 0 {
			continue
		}
		switch {
		case end == from || text[end-1] == '.':
			return -1, 0
		case c == '.' && text[end-1] != '-':
			dots++
		case c != '-':
			return -1, 0
		}
	}
	if end == from || !isLetter(text[end-1]) {
		return -1, 0
	}
	return end, dots
}

// sameFold reports whether text, of the same length as word, spells it in any
// case. word is in capitals, without control characters.
func sameFold(text, word string) bool {
	for i := 0; i < len(word); i++ {
		if c := text[i]; c != word[i] && (c&^0x20 != word[i] || !isLetter(c)) {
			return false
		}
	}
	return true
}

// Plain reports whether content is a header section and text with a period behind
// it, of which nothing is unusual but lines of more than 78 octets.
func (b *Body) Plain() bool {
	for i := range b.Marks {
		if b.Marks[i].Kind != Long78 {
			return false
		}
	}
	return b.ended && b.End == Dot && !b.Smuggle
}

// Plain reports whether a reply is complete, with one code of SMTP's on all lines,
// and printable text that begins with a word on each of them, behind the same
// enhanced status code of the same class, or none.
func (r *Reply) Plain() bool {
	if r.Open || r.Code < 200 || r.Code >= 560 || r.Code/10%10 > 5 || len(r.Lines) == 0 {
		return false
	}
	n := plainStatus(&r.Lines[0])
	status := r.Lines[0].Text[:n]
	for i := range r.Lines {
		l := &r.Lines[i]
		sep := byte('-')
		if i == len(r.Lines)-1 {
			sep = ' '
		}
		if l.Code != r.Code || l.Sep != sep || len(l.Text) <= n || len(l.Text) > plainReply || l.Text[:n] != status || !plainWord(l.Text[n:]) {
			return false
		}
		for j := n; j < len(l.Text); j++ {
			if c := l.Text[j]; c < ' ' || c > '~' {
				return false
			}
		}
	}
	return true
}

// plainWord reports whether text begins like a word and like no status code, not
// even "X.7.0".
func plainWord(text string) bool {
	return isLetter(text[0]) && (len(text) == 1 || text[1] != '.') || isDigit(text[0]) && len(text) > 1 && text[1] != '.'
}

// plainReply is the length of text that no limit of RFC 5321 §4.5.3.1.5 can be
// exceeded by.
const plainReply = 400

// plainStatus returns the length of the enhanced status code that a line begins
// with, and of the space behind it; 0 where there is none of the class of its code
// (RFC 3463 §2).
func plainStatus(l *ReplyLine) int {
	text := l.Text
	if len(text) < len("2.0.0 ") || Code(text[0]-'0') != l.Code/100 || text[1] != '.' {
		return 0
	}
	at := 2
	for _, end := range [...]byte{'.', ' '} {
		from := at
		for at < len(text) && isDigit(text[at]) {
			at++
		}
		if n := at - from; n == 0 || n > 3 || n > 1 && text[from] == '0' || at == len(text) || text[at] != end {
			return 0
		}
		at++
	}
	return at
}
