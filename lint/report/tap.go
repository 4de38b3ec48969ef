package report

import (
	"io"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// tap writes the Test Anything Protocol, version 14: one point for each
// recording. It fails where the recording fails the run; its findings stand in
// the YAML block behind it, in any case.
type tap struct {
	sink
	points int
}

func newTAP(out io.Writer, _ Options) Writer { return &tap{sink: sink{out: out}} }

func (w *tap) File(f *lint.File) error {
	w.begin()
	w.points++
	if f.Err != nil || f.Fails() {
		w.str("not ")
	}
	w.str("ok ")
	w.num(int64(w.points))
	w.str(" - ")
	w.b = appendDescription(w.b, f.Path)
	w.str("\n")
	open := false
	if f.Err != nil {
		open = w.open(open, "message")
		w.str(" ")
		w.b = appendJSON(w.b, text.Clean(problem(f)))
		w.str("\n")
	}
	listed := false
	for i := range f.Findings {
		d := &f.Findings[i]
		if d.Suppressed != "" {
			continue
		}
		if !listed {
			open, listed = w.open(open, "findings"), true
			w.str("\n")
		}
		w.finding(f, d)
		if err := w.settle(); err != nil {
			return err
		}
	}
	if open {
		w.str("  ...\n")
	}
	return w.flush()
}

func (w *tap) begin() {
	if w.points == 0 {
		w.str("TAP version 14\n")
	}
}

// open begins a key of the YAML block, and the block with the first.
func (w *tap) open(open bool, key string) bool {
	if !open {
		w.str("  ---\n")
	}
	w.str("  ")
	w.str(key)
	w.str(":")
	return true
}

func (w *tap) finding(f *lint.File, d *lint.Diagnostic) {
	w.str("    - rule: ")
	w.b = appendJSON(w.b, d.Rule.ID)
	w.str("\n      severity: ")
	w.str(d.Severity.String())
	w.str("\n      side: ")
	w.str(d.Side.String())
	w.str("\n      at: ")
	w.b = appendJSON(w.b, string(appendPlace(nil, f.PathOf(d.At), d.At.Span)))
	w.str("\n      message: ")
	w.b = appendJSON(w.b, said(d))
	if d.Help != "" {
		w.str("\n      help: ")
		w.b = appendJSON(w.b, text.Clean(d.Help))
	}
	w.str("\n")
}

func (w *tap) Close(Total) error {
	w.begin()
	w.str("1..")
	w.num(int64(w.points))
	w.str("\n")
	return w.flush()
}

// appendDescription escapes the description of a test point: a number sign
// would begin a directive.
func appendDescription(b []byte, s string) []byte {
	for _, c := range []byte(text.Clean(s)) {
		if c == '#' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return b
}
