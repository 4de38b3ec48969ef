package lint

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Coded is a Rule.Hears for rules about replies with one of some codes.
func Coded(codes ...transcripts.Code) func(*transcripts.Exchange) bool {
	return func(e *transcripts.Exchange) bool { return slices.Contains(codes, e.Reply.Code) }
}

// Offered is a Rule.Hears for rules about replies to EHLO or LHLO that offer one
// of some extensions.
func Offered(keywords ...string) func(*transcripts.Exchange) bool {
	return func(e *transcripts.Exchange) bool {
		offers := e.Reply.Offers()
		for i := range offers.Len() {
			keyword, _ := offers.Line(i)
			if slices.ContainsFunc(keywords, func(k string) bool { return strings.EqualFold(k, keyword) }) {
				return true
			}
		}
		return false
	}
}
