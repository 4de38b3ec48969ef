package lint

import (
	"slices"

	"github.com/smtplint/smtplint/transcripts"
)

// Coded is a Rule.Hears for rules about replies with one of some codes.
func Coded(codes ...transcripts.Code) func(*transcripts.Exchange) bool {
	return func(e *transcripts.Exchange) bool { return slices.Contains(codes, e.Reply.Code) }
}

// Several is a Rule.Hears for rules about replies of several lines.
func Several(e *transcripts.Exchange) bool { return len(e.Reply.Lines) > 1 }
