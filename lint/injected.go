package lint

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// breaks are what ends a line, and what is left of that where it was encoded,
// quoted or cut.
var breaks = [...]string{"\r\n", "\n", "\r", "\x00", `\r\n`, `\n`, `\r`, "%0d%0a", "%0D%0A", "%0a", "%0A", "%0d", "%0D"}

// Injected looks for a second command within the argument of a command: the
// remains of a line's end, and a command or a header field behind it. It
// returns all from the line's end on, or "".
func Injected(c *transcripts.Command) string {
	if strings.IndexByte(c.Args, '\\') < 0 && strings.IndexByte(c.Args, '%') < 0 && !strings.ContainsAny(c.Args, "\r\n\x00") {
		return "" // by far the most
	}
	for from := range len(c.Args) {
		switch c.Args[from] {
		case '\\', '%', '\r', '\n', 0:
		default:
			continue
		}
		for _, b := range breaks {
			if rest, ok := strings.CutPrefix(c.Args[from:], b); ok && orders(strings.TrimLeft(rest, "\x00\r\n")) {
				return c.Args[from:]
			}
		}
	}
	return ""
}

// orders reports whether text begins with a command and its argument, or with a
// field of a header section.
func orders(text string) bool {
	verb := transcripts.VerbOf([]byte(text))
	switch verb {
	case transcripts.NoVerb:
		return false
	case transcripts.Unknown:
		word, _, found := strings.Cut(text, ":")
		switch strings.ToLower(word) {
		case "bcc", "cc", "content-type", "from", "reply-to", "subject", "to":
			return found
		}
		return false
	}
	rest := text[len(verb.String()):]
	return rest == "" || strings.IndexByte(" \t\r\n\\%>", rest[0]) >= 0
}
