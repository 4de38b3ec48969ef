package transcripts

// Plain reports whether a command has the plainest form there is, in which
// nothing can be wrong: a path KEYWORD:<atom@host.example> or <> without
// parameters, a host name, or no argument where none belongs, behind one space
// and with none behind it. Nearly all commands are like this, and to tell so
// takes one look at each octet. A command that is not plain may be as good.
func (c *Command) Plain() bool {
	args := c.Args
	switch c.Verb {
	case DATA, QUIT, RSET, NOOP:
		return len(c.Text) == len(verbNames[c.Verb])
	}
	if len(c.Text) != len(verbNames[c.Verb])+len(" ")+len(args) {
		return false
	}
	switch c.Verb {
	case EHLO, HELO, LHLO:
		end, dots := plainHost(args, 0)
		return end == len(args) && dots > 0 && len(args) < plainLength
	case MAIL:
		return plainPath(args, "FROM:<")
	case RCPT:
		return args != "TO:<>" && plainPath(args, "TO:<")
	}
	return false
}

// plainLength is the length up to which no limit of RFC 5321 §4.5.3.1 but that
// of local parts can be exceeded.
const plainLength = 200

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
