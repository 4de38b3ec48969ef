package report

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// statistics counts findings by rule.
type statistics struct {
	sink
	json   bool
	counts map[*lint.Rule]*tally
}

// A tally is how often a rule fired, and where.
type tally struct {
	rule     *lint.Rule
	severity lint.Severity // the highest
	n, files int
}

// NewStatistics returns a writer of how often each rule has fired: a table, or
// an array of objects in JSON.
func NewStatistics(out io.Writer, json bool) Writer {
	return &statistics{sink: sink{out: out}, json: json, counts: map[*lint.Rule]*tally{}}
}

func (w *statistics) File(f *lint.File) error {
	tallyFile(w.counts, f)
	return nil
}

// tallyFile counts the findings of a file in.
func tallyFile(counts map[*lint.Rule]*tally, f *lint.File) {
	here := map[*lint.Rule]bool{}
	for i := range f.Findings {
		d := &f.Findings[i]
		if d.Suppressed != "" {
			continue
		}
		c := counts[d.Rule]
		if c == nil {
			c = &tally{rule: d.Rule}
			counts[d.Rule] = c
		}
		c.n++
		c.severity = max(c.severity, d.Severity)
		if !here[d.Rule] {
			here[d.Rule] = true
			c.files++
		}
	}
}

// tallied lists rules by how often they fired, and then by name.
func tallied(counts map[*lint.Rule]*tally) []*tally {
	var all []*tally
	for _, c := range counts {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.rule.ID, b.rule.ID))
	})
	return all
}

// gravest lists rules by severity first.
func gravest(counts map[*lint.Rule]*tally) []*tally {
	all := tallied(counts)
	slices.SortStableFunc(all, func(a, b *tally) int { return cmp.Compare(b.severity, a.severity) })
	return all
}

func (w *statistics) Close(t Total) error {
	all := tallied(w.counts)
	if w.json {
		w.objects(all)
	} else {
		w.table(all)
		w.verdict(&t, "file")
		w.str("\n")
	}
	return w.flush()
}

// table writes count, severity, rule and title, with a tab between them.
func (w *statistics) table(all []*tally) {
	for _, c := range all {
		w.num(int64(c.n))
		w.str("\t")
		w.str(c.severity.String())
		w.str("\t")
		w.str(c.rule.ID)
		w.str("\t")
		w.b = text.AppendClean(w.b, c.rule.Title)
		w.str("\n")
	}
}

func (w *statistics) objects(all []*tally) {
	w.str("[")
	for i, c := range all {
		w.item(i == 0)
		w.str(`{"rule":`)
		w.b = appendJSON(w.b, c.rule.ID)
		w.str(`,"severity":"`)
		w.str(c.severity.String())
		w.str(`","count":`)
		w.num(int64(c.n))
		w.str(`,"files":`)
		w.num(int64(c.files))
		w.str(`,"title":`)
		w.b = appendJSON(w.b, c.rule.Title)
		w.str("}")
	}
	w.str("\n]\n")
}
