package report

import (
	"io"

	"github.com/smtplint/smtplint/lint"
)

// short writes one line for each finding in the style of gcc, which editors
// and problem matchers read.
type short struct{ sink }

func newShort(out io.Writer, opts Options) Writer { return &short{sink{out: out}} }

func (w *short) File(f *lint.File) error {
	for i := range f.Findings {
		if d := &f.Findings[i]; d.Suppressed == "" {
			w.finding(f, d)
		}
		if err := w.settle(); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *short) finding(f *lint.File, d *lint.Diagnostic) {
	w.b = appendPlace(w.b, f.PathOf(d.At), d.At.Span)
	w.str(": ")
	w.str(d.Severity.String())
	w.str(": ")
	w.b = appendMessage(w.b, d)
	w.str(" [")
	w.str(d.Rule.ID)
	w.str("]\n")
}

func (w *short) Close(Total) error { return w.flush() }
