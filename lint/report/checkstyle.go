package report

import (
	"io"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// checkstyle writes the XML of Checkstyle, which many tools read. Files without
// findings are listed, too: they were looked at.
type checkstyle struct {
	sink
	begun bool
}

func newCheckstyle(out io.Writer, _ Options) Writer { return &checkstyle{sink: sink{out: out}} }

func (w *checkstyle) File(f *lint.File) error {
	w.begin()
	for _, path := range paths(f) {
		w.str("<file")
		w.attr("name", path)
		w.str(">\n")
		for i := range f.Findings {
			if d := &f.Findings[i]; d.Suppressed == "" && f.PathOf(d.At) == path {
				r := regionOf(&d.At, octets)
				w.error(r, d.Severity.String(), said(d), d.Rule.ID)
			}
			if err := w.settle(); err != nil {
				return err
			}
		}
		if f.Err != nil && path == f.Path {
			w.error(region{line: 1}, "error", text.Clean(problem(f)), unread)
		}
		w.str("</file>\n")
		if err := w.settle(); err != nil {
			return err
		}
	}
	return w.err
}

func (w *checkstyle) begin() {
	if !w.begun {
		w.begun = true
		w.str(prolog + `<checkstyle version="4.3">` + "\n")
	}
}

func (w *checkstyle) error(r region, severity, message, rule string) {
	w.str("<error")
	w.attrNum("line", int64(r.line))
	if r.column > 0 {
		w.attrNum("column", int64(r.column))
	}
	w.attr("severity", severity)
	w.attr("message", message)
	w.attr("source", "smtplint."+rule)
	w.str("/>\n")
}

func (w *checkstyle) Close(Total) error {
	w.begin()
	w.str("</checkstyle>\n")
	return w.flush()
}
