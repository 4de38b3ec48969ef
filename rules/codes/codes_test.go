package codes

import (
	"slices"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestRFC5321 holds the reference against the codes of RFC 5321 §4.2.3.
func TestRFC5321(t *testing.T) {
	for _, c := range []transcripts.Code{211, 214, 220, 221, 250, 251, 252, 354, 421, 450, 451, 452, 455,
		500, 501, 502, 503, 504, 550, 551, 552, 553, 554, 555} {
		if Find(c) == nil {
			t.Errorf("%d is not explained", c)
		}
	}
}

func TestComplete(t *testing.T) {
	if !slices.IsSortedFunc(Replies, func(a, b Reply) int { return int(a.Code) - int(b.Code) }) {
		t.Error("Replies are not in order")
	}
	for _, r := range Replies {
		for name, field := range map[string]string{
			"Title": r.Title, "Meaning": r.Meaning, "Seen": r.Seen, "Client": r.Client, "Fix": r.Fix, "Done": r.Done, "Use": r.Use,
		} {
			if field == "" {
				t.Errorf("%d: %s is empty", r.Code, name)
			}
		}
		if len(r.Answers) == 0 || len(r.Refs) == 0 {
			t.Errorf("%d: no commands or no references", r.Code)
		}
	}
}
