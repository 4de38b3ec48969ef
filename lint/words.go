package lint

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Says returns the first phrase, of some in small letters, that stands in the
// text of a reply, or "". Case does not matter; a phrase begins where a word
// does, and may end within one.
func Says(r *transcripts.Reply, phrases ...string) string {
	var initials uint32 // of the phrases, by their last five bits
	for _, phrase := range phrases {
		initials |= 1 << (phrase[0] & 31)
	}
	for i := range r.Lines {
		text := r.Lines[i].Text
		for at := range len(text) {
			c := text[at]
			if initials>>(c&31)&1 == 0 || at > 0 && alnum(text[at-1]) {
				continue
			}
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			for _, phrase := range phrases {
				if c == phrase[0] && len(text)-at >= len(phrase) && strings.EqualFold(text[at:at+len(phrase)], phrase) {
					return phrase
				}
			}
		}
	}
	return ""
}
