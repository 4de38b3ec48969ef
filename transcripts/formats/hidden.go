package formats

import "github.com/smtplint/smtplint/transcripts"

// hiddenAuth returns what stands for a line of an AUTH exchange that the
// recorder hides: the answer to a prompt, or the command itself, whose
// mechanism is hidden as well.
func hiddenAuth(prompted bool) []byte {
	if prompted {
		return []byte(transcripts.Mask)
	}
	return []byte("AUTH " + transcripts.Mask + " " + transcripts.Mask)
}
