package report

import "github.com/smtplint/smtplint/lint"

// Total sums up a run.
type Total struct {
	Errors, Warnings, Infos int
	Suppressed              int
	Files, Sessions         int
	Capped                  int // findings beyond the number kept
	Failed                  int // inputs that could not be read, or not to their end
	Withheld                []lint.Withheld
}

// Add counts a file in.
func (t *Total) Add(f *lint.File) {
	t.Files++
	t.Sessions += f.Sessions
	t.Capped += f.Capped
	if f.Err != nil {
		t.Failed++
	}
	t.Suppressed += f.Suppressed
	for i := range f.Findings {
		if f.Findings[i].Suppressed != "" {
			t.Suppressed++
			continue
		}
		t.count(f.Findings[i].Severity)
	}
	for _, w := range f.Withheld {
		t.withhold(w)
	}
}

func (t *Total) count(s lint.Severity) {
	switch s {
	case lint.Error:
		t.Errors++
	case lint.Warning:
		t.Warnings++
	case lint.Info:
		t.Infos++
	}
}

func (t *Total) withhold(w lint.Withheld) {
	for i := range t.Withheld {
		if t.Withheld[i].Rule == w.Rule {
			t.Withheld[i].Sessions += w.Sessions
			t.Withheld[i].Lacks |= w.Lacks
			return
		}
	}
	t.Withheld = append(t.Withheld, w)
}
