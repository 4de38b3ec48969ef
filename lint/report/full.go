package report

import (
	"bytes"
	"io"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// full writes findings for people: what happened, the lines that show it, what
// to do, and which specification says so.
type full struct {
	sink
	opts  Options
	style style
	rows  []row
}

func newFull(out io.Writer, opts Options) Writer {
	return &full{sink: sink{out: out}, opts: opts, style: styleOf(opts.Color)}
}

func (w *full) File(f *lint.File) error {
	for i := range f.Findings {
		w.finding(f, &f.Findings[i])
		w.str("\n")
		if err := w.settle(); err != nil {
			return err
		}
	}
	if !w.opts.Quiet && f.Notation != "" && f.Err == nil {
		w.b = appendPath(w.b, f.Path)
		w.str(": ")
		w.str(f.Notation)
		w.str(", ")
		w.count(f.Sessions, "session")
		w.str(", ")
		w.count(f.Exchanges, "exchange")
		w.str("\n")
	}
	return w.flush()
}

// finding writes one finding, without an empty line behind it.
func (w *full) finding(f *lint.File, d *lint.Diagnostic) {
	s := &w.style
	w.str(s.of(d.Severity))
	w.str(d.Severity.String())
	w.str("[")
	if w.opts.Links {
		w.b = appendLink(w.b, d.Rule.URL(), d.Rule.ID)
	} else {
		w.str(d.Rule.ID)
	}
	w.str("]")
	w.str(s.reset)
	w.str(" ")
	w.str(d.Side.String())
	w.str(": ")
	w.str(s.bold)
	w.b = text.AppendClean(w.b, d.Message)
	w.str(s.reset)
	if d.Confidence != lint.Certain {
		w.str(" (")
		w.str(d.Confidence.String())
		w.str(")")
	}
	if d.Suppressed != "" {
		w.str(" (suppressed: ")
		w.b = text.AppendClean(w.b, d.Suppressed)
		w.str(")")
	}
	w.str("\n")
	margin := w.gather(f, d)
	w.place(f, d, margin)
	w.pad(margin, "|", "\n")
	shown := 0
	for i := range w.rows {
		r := &w.rows[i]
		if i > 0 && r.path != w.rows[i-1].path {
			w.pad(margin, "|", "\n")
			w.spaces(margin)
			w.dim("-->")
			w.str(" ")
			w.b = appendPlace(w.b, r.path, r.at.Span)
			w.str("\n")
			w.pad(margin, "|", "\n")
		}
		if i > 0 && r.skips(&w.rows[i-1]) {
			w.spaces(margin)
			w.dim(ellipsis)
			w.str("\n")
		}
		line := len(w.b)
		w.line(margin, r)
		if i > 0 && r.same(&w.rows[i-1]) && bytes.Equal(w.b[line:], w.b[shown:shown+len(w.b)-line]) {
			w.b = w.b[:line] // it stands there already
		} else {
			shown = line
		}
		if r.kind != context {
			w.underline(margin, d, r)
		}
	}
	w.pad(margin, "|", "\n")
	w.advice(margin, d)
}

// place writes where a finding is.
func (w *full) place(f *lint.File, d *lint.Diagnostic, margin int) {
	w.spaces(margin)
	w.dim("-->")
	w.str(" ")
	w.b = appendPlace(w.b, f.PathOf(d.At), d.At.Span)
	if d.Session != "" {
		w.str("  (session ")
		w.b = text.AppendClean(w.b, d.Session)
		w.str(")")
	}
	w.str("\n")
}

// advice writes what to do and who says so.
func (w *full) advice(margin int, d *lint.Diagnostic) {
	if d.Help != "" {
		w.pad(margin, "=", " help: ")
		w.b = text.AppendClean(w.b, d.Help)
		w.str("\n")
	}
	if len(d.Refs) == 0 {
		w.pad(margin, "=", " more: ")
	} else {
		w.pad(margin, "=", " rfc: ")
		w.refs(d.Refs)
		w.str(" · ")
	}
	w.str("smtplint explain ")
	w.str(d.Rule.ID)
	w.str("\n")
}

// refs writes references, naming each document once.
func (w *full) refs(refs []lint.Ref) {
	for i, r := range refs {
		if i > 0 {
			w.str(", ")
		}
		switch {
		case w.opts.Links:
			w.b = appendLink(w.b, r.URL(), r.Short())
		case i > 0 && r.Beside(refs[i-1]):
			w.str("§")
			w.str(r.Section)
		default:
			w.b = r.AppendDoc(w.b)
			if r.Section != "" {
				w.str(" §")
				w.str(r.Section)
			}
		}
	}
}

func (w *full) dim(words string) {
	w.str(w.style.dim)
	w.str(words)
	w.str(w.style.reset)
}

// pad writes the margin of a line that has no number, and its rule.
func (w *full) pad(margin int, rule, behind string) {
	w.spaces(margin + 1)
	w.dim(rule)
	w.str(behind)
}

// line writes a line of the conversation.
func (w *full) line(margin int, r *row) {
	var buf [12]byte
	number := appendNumber(buf[:0], r.at.Span)
	w.spaces(margin - len(number))
	w.b = append(w.b, number...)
	w.str(" ")
	w.dim("|")
	w.str(" ")
	if r.content != nil {
		w.str("[")
		w.content(r.content)
		w.str("]\n")
		return
	}
	w.b, r.from, r.to = appendLine(w.b, &r.at, w.room(margin))
	w.str("\n")
}

// room is how many columns a line of the conversation may take.
func (w *full) room(margin int) int {
	if w.opts.Width > 0 {
		return w.opts.Width - margin - len(" | ")
	}
	return widest
}

// content tells the measure of message content.
func (w *full) content(m *lint.Measure) {
	w.count(int(m.Lines), "line")
	w.str(" of content, ")
	w.count(int(m.Octets), "octet")
}

// underline writes the marks under what is meant, and the label. A label that
// a terminal has no room for stands below its marks.
func (w *full) underline(margin int, d *lint.Diagnostic, r *row) {
	mark, color := byte('-'), w.style.dim
	if r.kind == primary {
		mark, color = '^', w.style.of(d.Severity)
	}
	w.pad(margin, "|", " ")
	w.spaces(r.from)
	w.str(color)
	marks := max(1, r.to-r.from)
	for range marks {
		w.b = append(w.b, mark)
	}
	if r.label != "" {
		if w.opts.Width > 0 && r.from+marks+1+text.Width(r.label) > w.room(margin) {
			w.str(w.style.reset)
			w.str("\n")
			w.pad(margin, "|", "")
			w.str(color)
		}
		w.str(" ")
		w.b = text.AppendClean(w.b, r.label)
	}
	w.str(w.style.reset)
	w.str("\n")
}

func (w *full) Close(t Total) error {
	if !w.opts.Quiet {
		w.total(&t)
	}
	return w.flush()
}

// total sums the run up, and says what was not judged, and why.
func (w *full) total(t *Total) {
	w.verdict(t, "file")
	if t.Failed > 0 && t.Sessions > 0 {
		w.str(", ")
		w.num(int64(t.Failed))
		w.str(" not read, or not to the end")
	}
	if t.Suppressed > 0 {
		w.str(", ")
		w.num(int64(t.Suppressed))
		w.str(" suppressed")
	}
	if t.Capped > 0 {
		w.str(", ")
		w.num(int64(t.Capped))
		w.str(" more of the same not shown")
	}
	switch n := len(t.Withheld); {
	case n > 0 && w.opts.Verbose:
		w.str("\nnot judged:\n")
		for _, h := range t.Withheld {
			w.str("  ")
			w.str(h.Rule.ID)
			w.str(" in ")
			w.count(h.Sessions, "session")
			w.str(" (not recorded: ")
			w.str(h.Lacks.Lacks())
			w.str(")\n")
		}
		return
	case n > 0:
		w.str("; not judged: ")
		w.withheld(t.Withheld)
	}
	w.str("\n")
}
