package lint

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Says returns the first of some phrases that stands in the text of a reply,
// or "". Case does not matter; a phrase begins where a word does, and may end
// within one.
func Says(r *transcripts.Reply, phrases ...string) string {
	for i := range r.Lines {
		for _, phrase := range phrases {
			if says(r.Lines[i].Text, phrase) {
				return phrase
			}
		}
	}
	return ""
}

func says(text, phrase string) bool {
	for at := 0; at+len(phrase) <= len(text); at++ {
		if (at == 0 || !alnum(text[at-1])) && strings.EqualFold(text[at:at+len(phrase)], phrase) {
			return true
		}
	}
	return false
}
