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
	case '=': // base64 begins with none
		return len(text) > 1
	case '%':
		return len(text) > 2 && last == '%'
	}
	return told(text) || slices.ContainsFunc(wordsFor[:], func(word string) bool { return strings.EqualFold(text, word) })
}

// told reports whether text says what was sent rather than being that:
// "BASE64_PASSWORD", "password in base64".
func told(text string) bool {
	low := strings.ToLower(text)
	return strings.Contains(low, "base64") ||
		strings.IndexByte(text, ' ') >= 0 && (strings.Contains(low, "password") || strings.Contains(low, "username") || strings.Contains(low, "encoded"))
}

// wordsFor are what recorders write in place of a secret.
var wordsFor = [...]string{"redacted", "hidden", "removed", "masked", "omitted", "filtered", "suppressed", "censored", "scrubbed"}
