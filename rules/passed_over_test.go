package rules_test

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// TestPassingOverSavesTimeOnly lints everything at hand, examples and
// recordings, with the rules as they are and with rules that are shown all
// exchanges, whatever Odd and Hears say: both must find the same.
func TestPassingOverSavesTimeOnly(t *testing.T) {
	settings := lint.Settings{Severities: map[string]lint.Severity{}}
	for _, r := range rules.All {
		settings.Severities[r.ID] = lint.Info
	}
	quick, slow := lint.New(rules.All, settings), lint.New(thorough(), settings)
	var inputs []lint.Input
	add := func(name string, open func(string) (io.ReadCloser, error)) {
		inputs = append(inputs, lint.Input{Path: name, Linter: quick, Open: open}, lint.Input{Path: name, Linter: slow, Open: open})
	}
	for _, r := range rules.All {
		for i, e := range r.Examples {
			add(fmt.Sprintf("%s, example %d", r.ID, i), func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(e.Text())), nil })
		}
	}
	for _, s := range silences {
		add(s.rule+", silence", func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s.text)), nil })
	}
	for _, dir := range []string{"../cmd/smtplint/testdata", "../transcripts/formats/testdata", "../../shared/samples", "../../shared/corpus"} {
		filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				add(file, func(string) (io.ReadCloser, error) { return os.Open(file) })
			}
			return nil
		})
	}
	var last *lint.File
	found := 0
	for f := range lint.Run(inputs, 2) {
		if last == nil {
			last = f
			continue
		}
		if a, b := plainly(last), plainly(f); a != b {
			t.Errorf("%s:\nwith all passed over: %s\nwith every look:      %s", f.Path, a, b)
		}
		found += len(f.Findings)
		last = nil
	}
	t.Logf("%d inputs, %d findings", len(inputs)/2, found)
	if found == 0 {
		t.Error("nothing was found at all")
	}
}

// thorough are the rules without what saves time.
func thorough() (all []*lint.Rule) {
	for _, r := range rules.All {
		r := *r
		r.Odd, r.Hears = 0, nil
		all = append(all, &r)
	}
	return all
}

// plainly lists what was found in a recording, and what could not be judged.
func plainly(f *lint.File) string {
	var b strings.Builder
	for _, d := range f.Findings {
		fmt.Fprintf(&b, "\n%d:%d %s %s %s: %s", d.At.Span.Line, d.At.Span.Packet, d.Severity, d.Confidence, d.Rule.ID, d.Message)
	}
	for _, w := range f.Withheld {
		fmt.Fprintf(&b, "\n%s withheld in %d sessions", w.Rule.ID, w.Sessions)
	}
	fmt.Fprintf(&b, "\n%d capped", f.Capped)
	return b.String()
}
