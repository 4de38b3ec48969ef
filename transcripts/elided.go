package transcripts

import "strings"

// standIn reports whether what the recording shows for content is not the
// content: nothing, or one line of words about it, or less than r says was
// received.
func (b *Body) standIn(r *Reply) bool {
	if b.End != Dot || b.Lines > 1 {
		return false
	}
	return b.describes() || octetsIn(r) > b.Octets
}

// describes reports whether content is one line of words about it.
func (b *Body) describes() bool { return b.Lines == 1 && placeholder(b.First) }

// placeholder reports whether a line is what recorders write in the place of a
// message: an ellipsis, or words in brackets that say what is missing.
func placeholder(line string) bool {
	text := strings.TrimSpace(line)
	switch {
	case text == "" || strings.Contains(text, ": "):
		return false
	case strings.HasPrefix(text, "...") || strings.HasPrefix(text, "\u2026"):
		return true
	case strings.IndexByte("<[({", text[0]) < 0:
		return false
	}
	low := strings.ToLower(text)
	for _, w := range [...]string{"byte", "octet", "omit", "elided", "message", "mail", "body", "data", "content", "snip", "hidden", "not shown", "..."} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// withoutNote takes the note off the end of a command that a person has put
// there, as in "DATA   *** dropped here ***": asterisks around it, and a gap
// before it.
func withoutNote(args string) string {
	const before, after = "*** ", " ***"
	if !strings.HasSuffix(args, after) {
		return args
	}
	if strings.HasPrefix(args, before) {
		return ""
	}
	command, _, noted := strings.Cut(args, "  "+before)
	if !noted {
		return args
	}
	return trimBlank(command)
}

// Abridged reports whether a reply ends with words in brackets that tell of
// lines that are not shown.
func (r *Reply) Abridged() bool {
	text := strings.TrimSpace(r.Lines[len(r.Lines)-1].Text)
	text, open := strings.CutSuffix(text, ")")
	if !open {
		text, open = strings.CutSuffix(text, "]")
	}
	return open && (strings.HasSuffix(text, "...") || strings.HasSuffix(text, "multiline"))
}

// octetsIn returns the number of octets that a reply says were received, or 0.
func octetsIn(r *Reply) int64 {
	for i := range r.Lines {
		text := r.Lines[i].Text
		for at := 0; at < len(text); at++ {
			if !isDigit(text[at]) {
				continue
			}
			var n int64
			for ; at < len(text) && isDigit(text[at]); at++ {
				n = min(n*10+int64(text[at]-'0'), 1<<40)
			}
			switch unit := strings.TrimLeft(text[at:], " "); {
			case strings.HasPrefix(unit, "byte"), strings.HasPrefix(unit, "octet"):
				return n
			}
		}
	}
	return 0
}
