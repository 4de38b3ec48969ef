package report

import (
	"io"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// rdjson writes reviewdog's Diagnostic Format (DiagnosticResult in
// proto/rdf/reviewdog.proto). Its columns count octets, and the end is
// exclusive.
type rdjson struct {
	sink
	begun, some bool
}

func newRDJSON(out io.Writer, _ Options) Writer { return &rdjson{sink: sink{out: out}} }

var rdSeverity = [...]string{lint.Info: "INFO", lint.Warning: "WARNING", lint.Error: "ERROR"}

func (w *rdjson) File(f *lint.File) error {
	w.begin()
	if f.Err != nil {
		w.diagnostic(text.Clean(problem(f)), f.Path, region{}, rdSeverity[lint.Error], unread, "")
		w.str("}")
	}
	for i := range f.Findings {
		d := &f.Findings[i]
		if d.Suppressed != "" {
			continue
		}
		w.diagnostic(said(d), f.PathOf(d.At), regionOf(&d.At, octets), rdSeverity[d.Severity], d.Rule.ID, d.Rule.URL())
		w.related(f, d)
		w.str("}")
		if err := w.settle(); err != nil {
			return err
		}
	}
	return w.settle()
}

func (w *rdjson) begin() {
	if !w.begun {
		w.begun = true
		w.str(`{"source":{"name":"smtplint","url":"https://github.com/smtplint/smtplint"},"diagnostics":[`)
	}
}

// diagnostic begins a diagnostic.
func (w *rdjson) diagnostic(message, path string, r region, severity, rule, url string) {
	w.item(!w.some)
	w.some = true
	w.str(`{"message":`)
	w.b = appendJSON(w.b, message)
	w.location(path, r)
	w.str(`,"severity":"`)
	w.str(severity)
	w.str(`","code":{"value":`)
	w.b = appendJSON(w.b, rule)
	if url != "" {
		w.str(`,"url":`)
		w.b = appendJSON(w.b, url)
	}
	w.str("}")
}

func (w *rdjson) location(path string, r region) {
	w.str(`,"location":{"path":`)
	w.b = appendJSON(w.b, path)
	if r.column > 0 {
		w.str(`,"range":{"start":{"line":`)
		w.num(int64(r.line))
		w.str(`,"column":`)
		w.num(int64(r.column))
		w.str(`},"end":{"line":`)
		w.num(int64(r.line))
		w.str(`,"column":`)
		w.num(int64(r.behind))
		w.str("}}")
	}
	w.str("}")
}

func (w *rdjson) related(f *lint.File, d *lint.Diagnostic) {
	some := false
	for i := range d.Related {
		r := &d.Related[i]
		if !r.At.Span.Known() {
			continue
		}
		if !some {
			w.str(`,"related_locations":[`)
		} else {
			w.str(",")
		}
		some = true
		w.str(`{"message":`)
		w.b = appendJSON(w.b, text.Clean(r.Label))
		w.location(f.PathOf(r.At), regionOf(&r.At, octets))
		w.str("}")
	}
	if some {
		w.str("]")
	}
}

func (w *rdjson) Close(Total) error {
	w.begin()
	w.str("\n]}\n")
	return w.flush()
}
