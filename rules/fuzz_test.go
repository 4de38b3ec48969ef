package rules_test

import (
	"io"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
)

// FuzzRules shows all rules sessions that are made of the lines of their own
// examples, in any order: data says which. No rule may panic, what is found has
// a place, and it is the same whatever Odd and Hears say. more comes behind them: what was found that way is kept
// as text, as the lines change.
func FuzzRules(f *testing.F) {
	set := lint.Settings{Severities: map[string]lint.Severity{}}
	number := map[string]int{}
	var words []string
	for _, r := range rules.All {
		set.Severities[r.ID] = r.Severity
		for _, e := range r.Examples {
			for line := range strings.Lines(e.Text()) {
				if _, known := number[line]; !known && len(line) < 200 {
					number[line] = len(words)
					words = append(words, line)
				}
			}
		}
	}
	for _, r := range rules.All {
		for _, e := range r.Examples {
			var data []byte
			for line := range strings.Lines(e.Text()) {
				if n, ok := number[line]; ok {
					data = append(data, byte(n>>8), byte(n))
				}
			}
			f.Add(data, "", uint16(0))
		}
	}
	quick, slow := lint.New(rules.All, set), lint.New(thorough(), set)
	f.Fuzz(func(t *testing.T, data []byte, more string, held uint16) {
		var text strings.Builder
		for ; len(data) > 1; data = data[2:] {
			text.WriteString(words[(int(data[0])<<8|int(data[1]))%len(words)])
		}
		text.WriteString(more)
		in := lint.Input{
			Linter:  quick,
			Options: lint.Options{Format: transcripts.Plain, Hints: transcripts.Hints{Held: int(held)}},
			Open:    func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text.String())), nil },
		}
		careful := in
		careful.Linter = slow
		lines := strings.Count(text.String(), "\n") + 1
		var found []string
		for file := range lint.Run([]lint.Input{in, careful}, 1) {
			found = append(found, plainly(file))
			for i := range file.Findings {
				d := &file.Findings[i]
				if n := int(d.At.Span.Line); n < 1 || n > lines {
					t.Errorf("%s in line %d of %d:\n%s", d.Rule.ID, n, lines, text.String())
				}
				if d.At.From < 0 || d.At.From > d.At.To || d.At.To > len(d.At.Text) {
					t.Errorf("%s at %d to %d of %q:\n%s", d.Rule.ID, d.At.From, d.At.To, d.At.Text, text.String())
				}
			}
		}
		if found[0] != found[1] {
			t.Errorf("with all passed over: %s\nwith every look:      %s\n%s", found[0], found[1], text.String())
		}
	})
}
