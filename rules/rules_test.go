package rules_test

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// TestExamples runs every example of every rule with that rule.
func TestExamples(t *testing.T) {
	for _, r := range rules.All {
		for _, err := range lint.Verify(r, rules.All...) {
			t.Error(err)
		}
	}
}

// TestGoodExamplesAreGood runs every rule on the good examples of all the
// others: what one rule calls good must be good.
func TestGoodExamplesAreGood(t *testing.T) {
	for _, r := range rules.All {
		for n, e := range r.Examples {
			if e.Bad {
				continue
			}
			for _, d := range lint.Check(e.Text(), rules.All, lint.Settings{}).Findings {
				if d.Severity > lint.Info && d.Suppressed == "" {
					t.Errorf("%s, good example %d: %s at line %d: %s", r.ID, n+1, d.Rule.ID, d.At.Span.Line, d.Message)
				}
			}
		}
	}
}

// TestOneCauseOneFinding counts the findings in bad examples: a session that
// goes wrong in one place must not draw a list.
// TestMessagesLackNoWord: where there is nothing to fill in, a message says
// something else.
func TestMessagesLackNoWord(t *testing.T) {
	for _, r := range rules.All {
		for n, e := range r.Examples {
			for _, d := range lint.Check(e.Text(), []*lint.Rule{r}, lint.Settings{}).Findings {
				if d.Message != strings.TrimSpace(d.Message) || strings.Contains(d.Message, "  ") {
					t.Errorf("%s, example %d: %q", r.ID, n+1, d.Message)
				}
			}
		}
	}
}

func TestOneCauseOneFinding(t *testing.T) {
	examples, findings := 0, 0
	for _, r := range rules.All {
		for n, e := range r.Examples {
			if !e.Bad {
				continue
			}
			examples++
			found := lint.Check(strings.ReplaceAll(e.Text(), "# want", "#"), rules.All, lint.Settings{}).Findings
			findings += len(found)
			if len(found) > 2 {
				for _, d := range found {
					t.Logf("%s, bad example %d: line %d %s", r.ID, n+1, d.At.Span.Line, d.Rule.ID)
				}
			}
		}
	}
	mean := float64(findings) / float64(examples)
	t.Logf("%d findings in %d bad conversations: %.2f", findings, examples, mean)
	if mean > 1.5 {
		t.Errorf("%.2f findings in a bad conversation, want at most 1.5", mean)
	}
}
