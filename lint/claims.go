package lint

import (
	"sort"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// SaysSuccess reports whether words of a recorder state that a message was
// sent, delivered or accepted.
func SaysSuccess(text string) bool {
	low := strings.ToLower(text)
	if SaysFailure(low) || containsAny(low, []string{"not ", "n't ", "undeliver", "will be", "to be ", "being ", "sending", "queued for"}) {
		return false
	}
	if strings.Contains(low, "delivered") || strings.Contains(low, "delivery") && strings.Contains(low, "success") {
		return true
	}
	return containsAny(low, []string{"message", "mail"}) && containsAny(low, []string{"sent", "accepted", "success"})
}

// Spoke reports whether remark k is what the client's program said after it had
// the reply of exchange i. The words in a server's log are not the client's.
func (p *Pass) Spoke(k, i int) bool {
	m := &p.Remarks[k]
	r := p.Exchanges[i].Reply.Span()
	return p.Carries.Has(transcripts.Reaction) && m.Note == transcripts.Comment && r.Known() && r.Offset < m.Span.Offset
}

// Behind returns the range of the remarks that directly follow exchange i.
func (p *Pass) Behind(i int) (from, to int) {
	from = sort.Search(len(p.Remarks), func(k int) bool { return p.Remarks[k].After >= i })
	for to = from; to < len(p.Remarks) && p.Remarks[to].After == i; {
		to++
	}
	return from, to
}
