package transcripts

import "strings"

// standIn reports whether what the recording shows for content is not the
// content: nothing, or one line of words about it, or less than r says was
// received.
func (b *Body) standIn(r *Reply) bool {
	if b.End != Dot || b.Lines > 1 {
		return false
	}
	return b.Lines == 1 && placeholder(b.First) || octetsIn(r) > b.Octets
}

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
