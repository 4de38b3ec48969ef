package lint

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// failing are the words by which programs say that something went wrong.
var failing = []string{"fail", "error", "invalid", "reject", "refus", "denied", "unexpected", "abort", "unable", "skip",
	"not accepted", "could not", "cannot", "unknown", "bad "}

// SaysFailure reports whether words of a recorder state a failure.
func SaysFailure(text string) bool {
	low := strings.ToLower(text)
	if strings.Contains(low, "no error") || strings.Contains(low, "without error") {
		return false
	}
	for _, w := range failing {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// TakenForFailure looks for the recording's own word that the client took the
// reply of exchange i for a failure: the recorder's verdict, or a remark that
// states a failure. A remark right behind the reply must say one of the words
// in about or the code; a later one must name subject, for example an address.
// A log that cannot show what the client had read is the server's, and so are
// its words; a verdict is always on the client. A person's comment is no word of
// the client's: mostly it announces what comes next.
func (p *Pass) TakenForFailure(i int, subject string, about ...string) (Place, bool) {
	r := &p.Exchanges[i].Reply
	refused := r.Verdict == transcripts.TakenForFailure
	if !refused && (len(p.Remarks) == 0 || !p.Carries.Has(transcripts.Reaction)) {
		return Place{}, false // by far the most
	}
	from, to := p.Behind(i)
	if subject != "" {
		to = len(p.Remarks)
	}
	for k := from; k < to; k++ {
		m := &p.Remarks[k]
		if m.Note == transcripts.Aside || !SaysFailure(m.Text) {
			continue
		}
		low := strings.ToLower(m.Text)
		right := m.After == i && (refused || containsAny(low, about) || mentions(m.Text, r.Code))
		later := subject != "" && strings.Contains(low, strings.ToLower(subject))
		if right || later {
			return p.Said(k), true
		}
	}
	if !refused {
		return Place{}, false
	}
	return p.Reply(i), true
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// mentions reports whether text has a reply code in it as a word.
func mentions(text string, code transcripts.Code) bool {
	digits := string([]byte{'0' + byte(code/100), '0' + byte(code/10%10), '0' + byte(code%10)})
	for at := 0; ; {
		n := strings.Index(text[at:], digits)
		if n < 0 {
			return false
		}
		from, to := at+n, at+n+3
		if (from == 0 || !alnum(text[from-1])) && (to == len(text) || !alnum(text[to])) {
			return true
		}
		at = to
	}
}

func alnum(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }

// Next returns the next thing that the client did after exchange i, or -1.
func (p *Pass) Next(i int) int {
	for j := i + 1; j < len(p.Exchanges); j++ {
		if k := p.Exchanges[j].Kind; k != transcripts.Unasked && k != transcripts.Connected {
			return j
		}
	}
	return -1
}
