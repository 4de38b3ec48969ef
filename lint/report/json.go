package report

import (
	"io"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// jsonWriter writes the JSON contract, version 1: one object. Fields are only
// ever added. Each file, finding and withheld rule stands on a line of its own.
//
// The findings come behind the list of the files, which is known only at the
// end; until then they are spooled.
type jsonWriter struct {
	sink
	findings sink
	withheld sink
	spools   [2]spool
	files    int
	object   jsonObject
	version  string
}

func newJSON(out io.Writer, opts Options) Writer {
	w := &jsonWriter{sink: sink{out: out}, version: opts.Version}
	w.findings.out, w.withheld.out = &w.spools[0], &w.spools[1]
	return w
}

func (w *jsonWriter) File(f *lint.File) error {
	if w.files == 0 {
		w.head()
	}
	w.item(w.files == 0)
	w.files++
	w.file(f)
	for i := range f.Findings {
		w.findings.item(len(w.findings.b) == 0 && w.spools[0].empty())
		w.findings.b = w.object.append(w.findings.b, f, &f.Findings[i])
		if err := w.findings.settle(); err != nil {
			return err
		}
	}
	for i := range f.Withheld {
		w.withheld.item(len(w.withheld.b) == 0 && w.spools[1].empty())
		w.withheld.lacking(f.Path, &f.Withheld[i])
	}
	if err := w.withheld.settle(); err != nil {
		return err
	}
	return w.settle()
}

// item goes to the line of the next item of a list.
func (s *sink) item(first bool) {
	if !first {
		s.str(",")
	}
	s.str("\n")
}

func (w *jsonWriter) head() {
	w.str(`{"version":1,"tool":{"name":"smtplint","version":`)
	w.b = appendJSON(w.b, w.version)
	w.str("},\n\"files\":[")
}

func (w *jsonWriter) file(f *lint.File) {
	w.str(`{"path":`)
	w.b = appendJSON(w.b, f.Path)
	w.str(`,"format":`)
	if f.Notation == "" {
		w.str("null")
	} else {
		w.b = appendJSON(w.b, f.Notation)
	}
	w.str(`,"sessions":`)
	w.num(int64(f.Sessions))
	w.str(`,"exchanges":`)
	w.num(int64(f.Exchanges))
	w.str(`,"status":"`)
	w.str(f.Status())
	w.str(`","error":`)
	if f.Err == nil {
		w.str("null}")
		return
	}
	w.b = appendJSON(w.b, text.Clean(f.Err.Error()))
	w.str("}")
}

func (s *sink) lacking(path string, h *lint.Withheld) {
	s.str(`{"path":`)
	s.b = appendJSON(s.b, path)
	s.str(`,"rule":`)
	s.b = appendJSON(s.b, h.Rule.ID)
	s.str(`,"sessions":`)
	s.num(int64(h.Sessions))
	s.str(`,"lacks":["`)
	s.str(strings.Join(h.Lacks.Names(), `","`))
	s.str(`"]}`)
}

func (w *jsonWriter) Close(t Total) error {
	if w.files == 0 {
		w.head()
	}
	w.end(w.files == 0)
	w.list("findings", &w.findings, &w.spools[0])
	w.list("withheld", &w.withheld, &w.spools[1])
	w.b = appendSummary(w.b, &t)
	w.str("}\n")
	return w.flush()
}

// list writes a list that was spooled.
func (w *jsonWriter) list(name string, s *sink, kept *spool) {
	s.flush()
	empty := kept.empty()
	w.str("\"")
	w.str(name)
	w.str("\":[")
	w.flush()
	if w.err == nil {
		w.err = kept.pour(w.out)
	}
	w.end(empty)
}

func (w *jsonWriter) end(empty bool) {
	if !empty {
		w.str("\n")
	}
	w.str("],\n")
}

// appendSummary appends the summary and its key.
func appendSummary(b []byte, t *Total) []byte {
	s := sink{b: b}
	for i, p := range [...]struct {
		name string
		n    int
	}{{"error", t.Errors}, {"warning", t.Warnings}, {"info", t.Infos}, {"suppressed", t.Suppressed}, {"files", t.Files}, {"sessions", t.Sessions}, {"capped", t.Capped}} {
		if i == 0 {
			s.str(`"summary":{"`)
		} else {
			s.str(`,"`)
		}
		s.str(p.name)
		s.str(`":`)
		s.num(int64(p.n))
	}
	s.str("}")
	return s.b
}
