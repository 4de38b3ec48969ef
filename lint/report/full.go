package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// full writes findings for people: what happened, the lines that show it, what
// to do, and which specification says so.
type full struct {
	out   io.Writer
	opts  Options
	buf   []byte
	style style
}

func newFull(out io.Writer, opts Options) Writer {
	return &full{out: out, opts: opts, style: styleOf(opts.Color)}
}

func (w *full) File(f *lint.File) error {
	w.buf = w.buf[:0]
	for i := range f.Findings {
		w.finding(f, &f.Findings[i])
	}
	if !w.opts.Quiet && f.Notation != "" && f.Err == nil {
		w.printf("%s: %s, %s, %s\n", text.Clean(f.Path), f.Notation, count(f.Sessions, "session"), count(f.Exchanges, "exchange"))
	}
	_, err := w.out.Write(w.buf)
	return err
}

func (w *full) printf(format string, args ...any) { w.buf = fmt.Appendf(w.buf, format, args...) }

func (w *full) finding(f *lint.File, d *lint.Diagnostic) {
	s := &w.style
	doubt := ""
	if d.Confidence != lint.Certain {
		doubt = " (" + d.Confidence.String() + ")"
	}
	w.printf("%s%s[%s]%s%s: %s%s%s%s\n", s.of(d.Severity), d.Severity, d.Rule.ID, s.reset, side(d), s.bold, text.Clean(d.Message), s.reset, doubt)
	rows := rowsOf(d)
	margin := 2
	for _, r := range rows {
		margin = max(margin, len(number(r.at.Span)))
	}
	pad := strings.Repeat(" ", margin)
	w.printf("%s%s-->%s %s  (session %s)\n", pad, s.dim, s.reset, place(f.PathOf(d.At), d.At.Span), text.Clean(d.Session))
	w.printf("%s %s|%s\n", pad, s.dim, s.reset)
	var last lint.Place
	for i, r := range rows {
		if at := r.at.Span; i == 0 || at.Line != last.Span.Line || at.Packet != last.Span.Packet || r.at.Party != last.Party {
			if i > 0 && at.Packet == 0 && at.Line > last.Span.Line+1 {
				w.printf("%s%s...%s\n", pad, s.dim, s.reset)
			}
			w.printf("%*s %s|%s %s\n", margin, number(r.at.Span), s.dim, s.reset, shown(r.at).text)
			last = r.at
		}
		w.underline(pad, d, r)
	}
	w.printf("%s %s|%s\n", pad, s.dim, s.reset)
	if d.Help != "" {
		w.printf("%s %s=%s help: %s\n", pad, s.dim, s.reset, text.Clean(d.Help))
	}
	source := "smtplint explain " + d.Rule.ID
	if len(d.Refs) > 0 {
		w.printf("%s %s=%s rfc: %s · %s\n\n", pad, s.dim, s.reset, lint.ShortRefs(d.Refs), source)
	} else {
		w.printf("%s %s=%s more: %s\n\n", pad, s.dim, s.reset, source)
	}
}

func (w *full) underline(pad string, d *lint.Diagnostic, r row) {
	mark, color := "-", w.style.dim
	if r.main {
		mark, color = "^", w.style.of(d.Severity)
	}
	line := shown(r.at)
	label := ""
	if r.label != "" {
		label = " " + text.Clean(r.label)
	}
	w.printf("%s %s|%s %s%s%s%s%s\n", pad, w.style.dim, w.style.reset, strings.Repeat(" ", line.from), color,
		strings.Repeat(mark, max(1, line.to-line.from)), label, w.style.reset)
}

// side names who is at fault.
func side(d *lint.Diagnostic) string { return " " + d.Side.String() }

// row is one place of a finding.
type row struct {
	at    lint.Place
	label string
	main  bool
}

// rowsOf lists the places of a finding in the order of the recording.
func rowsOf(d *lint.Diagnostic) []row {
	rows := []row{{d.At, d.Label, true}}
	for _, r := range d.Related {
		if r.At.Span.Known() {
			rows = append(rows, row{r.At, r.Label, false})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.at.Span.Packet, b.at.Span.Packet), cmp.Compare(a.at.Span.Line, b.at.Span.Line))
	})
	return rows
}

// number is what stands in the margin: the line, or the packet.
func number(s transcripts.Span) string {
	if s.Packet != 0 {
		return fmt.Sprintf("#%d", s.Packet)
	}
	return fmt.Sprint(s.Line)
}

const widest = 140 // columns of a line that are shown

// line is a line of the conversation as it is shown, and the columns of it that
// are underlined.
type line struct {
	text     string
	from, to int
}

// shown renders a place in plain notation.
func shown(p lint.Place) line {
	mark := [...]string{"C: ", "S: ", "# "}[p.Party]
	before, meant, after := text.Clean(p.Text[:p.From]), text.Clean(p.Text[p.From:p.To]), text.Clean(p.Text[p.To:])
	l := line{text: mark + before + meant + after}
	l.from = len(mark) + text.Width(before)
	l.to = l.from + text.Width(meant)
	if p.From == 0 {
		l.from = 0 // the mark belongs to what is meant
	}
	if text.Width(l.text) > widest {
		l.text = text.Clip(l.text, widest) + "..."
		l.from, l.to = min(l.from, widest), min(l.to, widest)
	}
	return l
}

func (w *full) Close(t Total) error {
	if w.opts.Quiet {
		return nil
	}
	w.buf = w.buf[:0]
	w.printf("%s in %s", findings(t), count(t.Files, "file"))
	if t.Capped > 0 {
		w.printf(", %d more of the same not shown", t.Capped)
	}
	w.withheld(t.Withheld)
	w.printf("\n")
	_, err := w.out.Write(w.buf)
	return err
}

// withheld says what was not judged, and why.
func (w *full) withheld(all []lint.Withheld) {
	if len(all) == 0 {
		return
	}
	var lacks transcripts.Evidence
	for _, h := range all {
		lacks |= h.Lacks
	}
	more := ""
	if n := len(all) - 1; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	w.printf("; not judged: %s%s (not recorded: %s)", all[0].Rule.ID, more, lacks.Lacks())
}

func findings(t Total) string {
	var parts []string
	for _, p := range []struct {
		n    int
		name string
	}{{t.Errors, "error"}, {t.Warnings, "warning"}, {t.Infos, "info"}} {
		if p.n > 0 {
			parts = append(parts, count(p.n, p.name))
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}

func count(n int, name string) string {
	if n != 1 && name != "info" {
		name += "s"
	}
	return fmt.Sprintf("%d %s", n, name)
}
