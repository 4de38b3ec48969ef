package rules_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// beyondCatalogue lists rules that differ from the catalogue, with the reason.
var beyondCatalogue = map[string]string{
	"malformed-directive": "it is about comments for smtplint, which the catalogue does not know",
	"no-ehlo-after-tls":   "its severity is that of the gravest case, which the catalogue tells in its text",
	"unmet-expectation":   "it is about comments for smtplint",
	"unused-ignore":       "it is about comments for smtplint",
}

// TestCatalogue: every rule of the catalogue exists, with the side at fault, the
// severity and the default that it has there.
func TestCatalogue(t *testing.T) {
	text, err := os.ReadFile("../../shared/catalogue/rules.md")
	if err != nil {
		t.Skip("no catalogue here")
	}
	row := regexp.MustCompile("(?m)^\\| [A-Z]\\d+ \\| `([a-z0-9-]+)` \\| (\\w+) \\| (\\w+) \\| (on|off) \\|")
	listed := map[string]bool{}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		id, want := m[1], strings.ReplaceAll(strings.Join(m[2:], " "), "transcript", lint.ByRecording.String())
		listed[id] = true
		r := rules.ByID(id)
		if r == nil {
			t.Errorf("there is no rule %s", id)
			continue
		}
		on := "off"
		if r.Default {
			on = "on"
		}
		if is := r.Side.String() + " " + r.Severity.String() + " " + on; is != want && beyondCatalogue[id] == "" {
			t.Errorf("%s: %s, want %s", id, is, want)
		}
	}
	if len(listed) < 200 {
		t.Errorf("only %d rules are in the catalogue", len(listed))
	}
	for _, r := range rules.All {
		if !listed[r.ID] && beyondCatalogue[r.ID] == "" {
			t.Errorf("%s is not in the catalogue", r.ID)
		}
	}
}
