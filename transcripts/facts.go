package transcripts

import (
	"strconv"
	"strings"
)

// facts is what is known about a session without its conversation.
type facts struct {
	grants  Evidence // what the notation can carry
	port    int
	lmtp    bool
	excerpt bool
}

// note takes a fact as recorders state it, "name: value". Unknown ones are
// left alone.
func (f *facts) note(text string) bool {
	name, value, _ := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(name) {
	case "excerpt":
		f.excerpt = true
	case "mode":
		if !strings.EqualFold(value, "lmtp") {
			return false
		}
		f.lmtp = true
	case "port":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 65535 {
			return false
		}
		f.port = n
	case "stuffing":
		switch value {
		case "wire":
			f.grants |= Stuffing
		case "none":
			f.grants &^= Stuffing
		default:
			return false
		}
	case "proves":
		all := Evidence(0)
		for _, word := range strings.Fields(value) {
			e, ok := ParseEvidence(word)
			if !ok {
				return false
			}
			all |= e
		}
		f.grants = all
	default:
		return false
	}
	return true
}
