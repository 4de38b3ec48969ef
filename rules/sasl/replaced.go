package sasl

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Replaced reports whether something stands in the place of a challenge, a
// response or a name: what transcripts.Redacted knows, what was cut off or
// covered in part, notes in brackets, and the names of variables that a test
// or a manual has for secrets. Base64 has none of these.
func Replaced(text string) bool {
	if text == "" || transcripts.Redacted(text) {
		return text != ""
	}
	if strings.Contains(text, "...") || strings.Contains(text, "…") || strings.Contains(text, "**") || strings.Contains(text, "•") {
		return true
	}
	switch last := text[len(text)-1]; text[0] {
	case '<', '[', '(', '{', '$':
		return true
	case '%':
		return len(text) > 2 && last == '%'
	}
	return slices.ContainsFunc(wordsFor[:], func(word string) bool { return strings.EqualFold(text, word) })
}

// wordsFor are what recorders write in place of a secret.
var wordsFor = [...]string{"redacted", "hidden", "removed", "masked", "omitted", "filtered", "suppressed", "censored", "scrubbed"}
