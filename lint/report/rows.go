package report

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// row is a line that is shown for a finding.
type row struct {
	at       lint.Place
	path     string // of the file it is in
	label    string
	kind     rowKind
	rung     int // where it stands in the session, from 1; 0: not known
	content  *lint.Measure
	from, to int // columns that are underlined
}

type rowKind uint8

const (
	primary rowKind = iota
	related
	context
)

// same reports whether two rows are of one line.
func (r *row) same(before *row) bool {
	a, b := r.at.Span, before.at.Span
	return r.path == before.path && a.Line == b.Line && a.Packet == b.Packet && r.at.Party == before.at.Party
}

// skips reports whether there are lines between two rows of a file.
func (r *row) skips(before *row) bool {
	if r.path != before.path {
		return false
	}
	if r.rung > 0 && before.rung > 0 {
		return r.rung > before.rung+1
	}
	return r.at.Span.Packet == 0 && r.at.Span.Line > before.at.Span.Line+1
}

// gather lists the rows of a finding in the order of the recording, those in its
// own file first, and returns the width of their numbers.
func (w *full) gather(f *lint.File, d *lint.Diagnostic) int {
	own := f.PathOf(d.At)
	w.rows = append(w.rows[:0], row{at: d.At, path: own, label: d.Label})
	for i := range d.Related {
		if r := &d.Related[i]; r.At.Span.Known() {
			w.rows = append(w.rows, row{at: r.At, path: f.PathOf(r.At), label: r.Label, kind: related})
		}
	}
	if w.opts.Context > 0 {
		w.surround(f, d.Nth)
	}
	if len(w.rows) > 1 {
		slices.SortStableFunc(w.rows, func(a, b row) int {
			if a.path != b.path {
				if a.path == own {
					return -1
				}
				return 1
			}
			return cmp.Or(cmp.Compare(a.at.Span.Packet, b.at.Span.Packet), cmp.Compare(a.at.Span.Line, b.at.Span.Line))
		})
	}
	margin := 2
	var buf [12]byte
	for i := range w.rows {
		margin = max(margin, len(appendNumber(buf[:0], w.rows[i].at.Span)))
	}
	return margin
}

// surround adds the lines of the session before and behind each row. They are
// those of the same conversation, whatever stands between them in the
// recording.
func (w *full) surround(f *lint.File, nth int) {
	l := slices.IndexFunc(f.Ladders, func(l lint.Ladder) bool { return l.Nth == nth })
	if l < 0 {
		return
	}
	rungs := f.Ladders[l].Rungs
	for i, n := 0, len(w.rows); i < n; i++ {
		k := rungOf(f, rungs, &w.rows[i].at)
		w.rows[i].rung = k + 1
		for j := max(0, k-w.opts.Context); j <= min(k+w.opts.Context, len(rungs)-1); j++ {
			w.add(f, &rungs[j], j+1)
		}
	}
}

// rungOf returns the index of the rung in which a place lies, or -1: of those
// that do not begin behind it, the last in the recording. One line may tell
// several rungs, and not in their order.
func rungOf(f *lint.File, rungs []lint.Rung, at *lint.Place) int {
	found := -1
	for k := range rungs {
		r := &rungs[k]
		apart := f.Replies != "" && (r.Party == transcripts.Server) != (at.Party == transcripts.Server) // in another file
		if !apart && compareSpans(r.Span, at.Span) <= 0 && (found < 0 || compareSpans(rungs[found].Span, r.Span) <= 0) {
			found = k
		}
	}
	return found
}

func compareSpans(a, b transcripts.Span) int {
	return cmp.Or(cmp.Compare(a.Packet, b.Packet), cmp.Compare(a.Offset, b.Offset))
}

// add adds a rung unless its line is there already.
func (w *full) add(f *lint.File, r *lint.Rung, rung int) {
	if r.Kind == lint.LeftOut {
		return
	}
	at := lint.Place{Span: r.Span, Party: r.Party, Text: r.Words()}
	path := f.PathOf(at)
	for i := range w.rows {
		if s := w.rows[i].at.Span; s.Line == r.Span.Line && s.Packet == r.Span.Packet && w.rows[i].path == path {
			return
		}
	}
	w.rows = append(w.rows, row{at: at, path: path, kind: context, rung: rung, content: r.Content})
}

// appendNumber appends what stands in the margin: the line, or the packet.
func appendNumber(b []byte, s transcripts.Span) []byte {
	if s.Packet != 0 {
		return strconv.AppendUint(append(b, '#'), uint64(s.Packet), 10)
	}
	return strconv.AppendUint(b, uint64(s.Line), 10)
}
