package rules_test

import (
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// silences are conversations in which a rule must say nothing, although they
// are not good: what is wrong there is the matter of another rule.
var silences = []struct{ rule, because, text string }{
	{"354-treated-as-error", "a lost connection says nothing about 354", `
# excerpt
C: DATA
S: 354 Start mail input; end with <CRLF>.<CRLF>
# connection reset
`},
	{"unknown-command", "message text that was read as commands has another cause", `
# excerpt
C: DATA
S: 554 5.5.1 No valid recipients
C: Subject: hi
C:
C: Dear friend
C: .
S: 500 5.5.2 Not recognized
S: 500 5.5.2 Not recognized
S: 500 5.5.2 Not recognized
S: 500 5.5.2 Not recognized
`},
}

func TestSilences(t *testing.T) {
	for _, c := range silences {
		r := rules.ByID(c.rule)
		if r == nil {
			t.Errorf("there is no rule %s", c.rule)
			continue
		}
		set := lint.Settings{Severities: map[string]lint.Severity{r.ID: r.Severity}}
		for _, d := range lint.Check(c.text, []*lint.Rule{r}, set).Findings {
			t.Errorf("%s: %s, yet: line %d: %s", c.rule, c.because, d.At.Span.Line, d.Message)
		}
	}
}
