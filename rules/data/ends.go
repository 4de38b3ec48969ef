package data

import (
	"fmt"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// smuggles reports whether content holds a false end. One at the very end is the
// client's own, with the wrong line ends.
func smuggles(b *transcripts.Body) bool {
	m := b.Mark(transcripts.LooseEnd)
	return m != nil && (m.Count > 1 || m.First[0] != b.Stop)
}

// marked reports whether an earlier chunk of the same message had the same
// oddity.
func marked(p *lint.Pass, i int, kind transcripts.MarkKind) bool {
	mail := p.Exchanges[i].Before.Mail
	for j := i - 1; j >= max(0, i-lookedThrough); j-- {
		e := &p.Exchanges[j]
		if e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.BDAT || e.Before.Mail != mail {
			return false
		}
		if e.Body != nil && e.Body.Mark(kind) != nil {
			return true
		}
	}
	return false
}

// lines says how many lines of all.
func lines(n, all int64) string {
	if n == all {
		return fmt.Sprintf("all %d lines", all)
	}
	return fmt.Sprintf("%d of %d lines", n, all)
}
