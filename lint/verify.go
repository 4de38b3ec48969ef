package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Verify runs the examples of a rule and returns what is wrong with them: the
// rule must fire under exactly the lines that are followed by "# want", and on
// no good example. It also checks that the rule says all that it must. A rule
// about directives is run among others.
func Verify(r *Rule, others ...*Rule) []error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(r.ID+": "+format, args...)) }
	if r.Title == "" || strings.HasSuffix(r.Title, ".") {
		fail("the title must be one line without a full stop")
	}
	if len(r.Refs) == 0 && r.Side != ByRecording {
		fail("no reference")
	}
	for _, heading := range []string{"\n# What to do\n", "\n# When it stays silent\n"} {
		if !strings.Contains(r.Doc, heading) {
			fail("the doc has no %q", strings.TrimSpace(heading))
		}
	}
	if r.Exchange == nil && r.Session == nil && r.Directive == nil {
		fail("nothing looks for the fault")
	}
	for _, bad := range []bool{true, false} {
		if !slices.ContainsFunc(r.Examples, func(e Example) bool { return e.Bad == bad }) {
			fail("needs at least one bad and one good example")
			break
		}
	}
	for n, e := range r.Examples {
		if err := e.Verify(r, others...); err != nil {
			fail("%s example, number %d: %w", e.kind(), n+1, err)
		}
	}
	return errs
}

// Verify runs one example with one rule.
func (e Example) Verify(r *Rule, others ...*Rule) error {
	text, want := e.wants()
	if e.Bad != (len(want) > 0) {
		return fmt.Errorf("a bad example needs \"# want\", a good one must have none")
	}
	run := []*Rule{r}
	if r.Directive != nil && len(others) > 0 {
		run = others
	}
	res := Check(text, run, Settings{Severities: map[string]Severity{r.ID: r.Severity}})
	var got []string
	for _, d := range res.Findings {
		if d.Rule != r {
			continue
		}
		got = append(got, wanted(d.At.Span.Line, d.Confidence))
		if d.Severity > r.Severity {
			return fmt.Errorf("severity %v is above the rule's", d.Severity)
		}
		if d.Message == "" || d.At.Text == "" && d.At.To > 0 {
			return fmt.Errorf("a finding without message or place")
		}
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("found %q, want %q in\n%s", got, want, e.Text())
	}
	return nil
}

func wanted(line uint32, c Confidence) string { return fmt.Sprintf("line %d %v", line, c) }

// wants takes the "# want" lines out, leaving empty ones, and returns what they
// ask for.
func (e Example) wants() (text string, want []string) {
	lines := strings.Split(e.Text(), "\n")
	for i, l := range lines {
		rest, ok := strings.CutPrefix(l, "# want")
		if !ok {
			continue
		}
		lines[i] = ""
		above := i
		for above > 0 && lines[above-1] == "" {
			above--
		}
		c := Certain
		if name := strings.TrimSpace(rest); name != "" {
			var err error
			if c, err = ParseConfidence(name); err != nil {
				c = Hint + 1 // cannot be met
			}
		}
		want = append(want, wanted(uint32(above), c))
	}
	return strings.Join(lines, "\n"), want
}

// Check lints a conversation in plain notation.
func Check(text string, rules []*Rule, settings Settings) *Result {
	l := New(rules, settings)
	res := new(Result)
	for s, err := range transcripts.Read(strings.NewReader(text), transcripts.Plain, transcripts.Hints{}) {
		if err == nil { // a string has no read errors
			l.Session(s, res)
		}
	}
	l.Finish(res)
	return res
}
