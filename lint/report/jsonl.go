package report

import (
	"io"

	"github.com/smtplint/smtplint/lint"
)

// jsonl writes one finding a line, and the summary in a last one.
type jsonl struct {
	sink
	object jsonObject
}

func newJSONL(out io.Writer, opts Options) Writer { return &jsonl{sink: sink{out: out}} }

func (w *jsonl) File(f *lint.File) error {
	for i := range f.Findings {
		w.b = append(w.object.append(w.b, f, &f.Findings[i]), '\n')
		if err := w.settle(); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *jsonl) Close(t Total) error {
	w.str("{")
	w.b = appendSummary(w.b, &t)
	w.str("}\n")
	return w.flush()
}
