package rules_test

import (
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// TestProfiles: what profiles set are rules, and each setting changes something.
func TestProfiles(t *testing.T) {
	for _, p := range lint.Profiles {
		for id, severity := range p.Rules {
			r := rules.ByID(id)
			switch {
			case r == nil:
				t.Errorf("%s sets %s, which is no rule", p.Name, id)
			case r.Default && r.Severity == severity, !r.Default && severity == lint.Off:
				t.Errorf("%s sets %s to what it is anyway", p.Name, id)
			}
		}
	}
	strict := map[string]lint.Severity{}
	lint.FindProfile("strict").Set(rules.All, strict)
	for _, r := range rules.All {
		if _, on := strict[r.ID]; !r.Default && on == (r.Area == lint.Transcript || r.Area == lint.Hygiene) {
			t.Errorf("strict has %s: %v", r.ID, on)
		}
	}
}
