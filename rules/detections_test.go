package rules_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// covered are the areas of which the table names every rule.
var covered = []lint.Area{lint.Session, lint.Reply, lint.Data, lint.TLS, lint.Auth, lint.Extension, lint.Client, lint.Hygiene, lint.Grammar}

// TestDetections: the table of what others detect names rules that exist, each
// row has a rule or a reason, and no rule of the areas that it covers in full
// is left out.
func TestDetections(t *testing.T) {
	text, err := os.ReadFile("DETECTIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	id := regexp.MustCompile("`([a-z0-9]+(?:-[a-z0-9]+)+)`")
	for n, line := range strings.Split(string(text), "\n") {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| what") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		here := cells[len(cells)-1]
		found := id.FindAllStringSubmatch(here, -1)
		if len(found) == 0 && !strings.HasPrefix(here, "none") {
			t.Errorf("DETECTIONS.md:%d: neither a rule nor a reason: %s", n+1, here)
		}
		for _, m := range found {
			if named[m[1]] = true; rules.ByID(m[1]) == nil {
				t.Errorf("DETECTIONS.md:%d: there is no rule %s", n+1, m[1])
			}
		}
	}
	for _, r := range rules.All {
		if slices.Contains(covered, r.Area) && !named[r.ID] {
			t.Errorf("DETECTIONS.md does not name %s", r.ID)
		}
	}
}
