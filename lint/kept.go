package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// What the findings and the directives of one recording may occupy, in octets.
// Beyond that, a rule keeps a few findings of each severity, so that it still
// has its say; the others are counted.
const (
	mostKept = 24 << 20
	fewKept  = 500
)

// fewKey is what a few findings are kept of.
type fewKey struct {
	rule     *Rule
	severity Severity
}

// spare takes findings out, from index from on, that the recording has too many
// of, and reports whether there were such.
func (res *Result) spare(from int) bool {
	for i := from; i < len(res.Findings); i++ {
		res.held += res.Findings[i].size()
	}
	if res.held <= mostKept {
		return false
	}
	if res.few == nil {
		res.few = map[fewKey]int{}
	}
	kept := res.Findings[:from]
	for i := from; i < len(res.Findings); i++ {
		f := &res.Findings[i]
		key := fewKey{f.Rule, f.Severity}
		if res.few[key] == fewKept {
			res.held -= f.size()
			res.Capped++
			continue
		}
		res.few[key]++
		kept = append(kept, *f)
	}
	spared := len(kept) < len(res.Findings)
	clear(res.Findings[len(kept):])
	res.Findings = kept
	return spared
}

// size estimates the memory that a finding occupies, in octets.
func (d *Diagnostic) size() int {
	n := int(unsafe.Sizeof(*d)) + len(d.Session) + len(d.Message) + len(d.Help) + len(d.At.Text) + len(d.Label)
	for i := range d.Related {
		r := &d.Related[i]
		n += int(unsafe.Sizeof(*r)) + len(r.At.Text) + len(r.Label)
	}
	return n
}

// What is kept of a line, or said in one finding, in octets.
const (
	mostShown = 4 << 10
	mostSaid  = 1 << 10
)

// shown returns a place whose line is short enough to be kept: of a longer one
// the part around what is meant.
func (p Place) shown() Place {
	if len(p.Text) <= mostShown {
		return p
	}
	from := max(0, min(p.From-mostShown/4, len(p.Text)-mostShown))
	for from > 0 && from < len(p.Text) && !utf8.RuneStart(p.Text[from]) {
		from--
	}
	p.Text = shortened(p.Text[from:], mostShown)
	p.From = min(p.From-from, len(p.Text))
	p.To = min(p.To-from, len(p.Text))
	return p
}

// said returns text that is short enough to be part of a finding.
func said(text string) string {
	if len(text) <= mostSaid {
		return text
	}
	return shortened(text, mostSaid-len("…")) + "…"
}

// sentence is fmt.Sprintf, without a copy of what needs none.
func sentence(format string, args []any) string {
	if len(args) == 0 && strings.IndexByte(format, '%') < 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// shortened copies the first octets of a text, without a torn character at the
// end.
func shortened(text string, most int) string {
	for n := most; n > most-utf8.UTFMax; n-- {
		if utf8.RuneStart(text[n]) {
			most = n
			break
		}
	}
	return string(append([]byte(nil), text[:most]...))
}
