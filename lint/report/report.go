// Package report writes what a run has found: one file for each output format,
// behind one interface. What a recording says is hostile; every writer makes it
// harmless in its own way.
package report

import (
	"io"

	"github.com/smtplint/smtplint/lint"
)

// A Writer writes a report. File is called for every input, in order, and
// Close once at the end.
type Writer interface {
	File(f *lint.File) error
	Close(total Total) error
}

// Options says how a report looks.
type Options struct {
	Color   bool
	Quiet   bool   // findings only, no summaries
	Version string // of smtplint
}

// Total sums up a run.
type Total struct {
	Errors, Warnings, Infos int
	Suppressed              int
	Files, Sessions         int
	Capped                  int
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
		switch f.Findings[i].Severity {
		case lint.Error:
			t.Errors++
		case lint.Warning:
			t.Warnings++
		case lint.Info:
			t.Infos++
		}
	}
	for _, w := range f.Withheld {
		t.withhold(w)
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

// Formats maps the names of the output formats to their makers.
var Formats = map[string]func(io.Writer, Options) Writer{
	"full":  newFull,
	"short": newShort,
	"json":  newJSON,
}
