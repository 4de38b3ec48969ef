package explain

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// Mentioned gathers the codes that appear in findings.
type Mentioned struct {
	replies  []transcripts.Code
	enhanced []codes.StatusCode
}

// Add takes the codes from the replies of the server that a finding shows.
func (m *Mentioned) Add(d *lint.Diagnostic) {
	m.place(&d.At)
	for i := range d.Related {
		m.place(&d.Related[i].At)
	}
}

func (m *Mentioned) place(at *lint.Place) {
	if at.Party != transcripts.Server {
		return
	}
	code, rest, ok := codeAt(at.Text)
	if !ok {
		return
	}
	if codes.Find(code) != nil && !slices.Contains(m.replies, code) {
		m.replies = append(m.replies, code)
	}
	if status, _, ok := codes.ParseStatusCode(rest); ok && codes.FindEnhanced(status.Subject, status.Detail) != nil &&
		!slices.Contains(m.enhanced, status) {
		m.enhanced = append(m.enhanced, status)
	}
}

// Write explains each of the codes in short, in order.
func (m *Mentioned) Write(w io.Writer, opts Options) error {
	if len(m.replies) == 0 {
		return nil
	}
	width := max(opts.Width, leastWidth)
	var b strings.Builder
	b.WriteString([...]string{"\nThe codes above:\n", "\n위에 나온 코드:\n"}[opts.Lang])
	slices.Sort(m.replies)
	for _, c := range m.replies {
		r := codes.Find(c).In(opts.Lang)
		short(&b, strconv.Itoa(int(c)), r.Title, r.Meaning, r.Client, width)
	}
	slices.SortFunc(m.enhanced, func(a, b codes.StatusCode) int { return strings.Compare(a.String(), b.String()) })
	for _, s := range m.enhanced {
		e := codes.FindEnhanced(s.Subject, s.Detail)
		short(&b, s.String(), e.Title, e.Meaning, e.Fix, width)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// short writes two sentences about a code, and where there is more.
func short(b *strings.Builder, name, title, first, second string, width int) {
	b.WriteByte('\n')
	writeLines(b, "  ", text.Wrap(name+" "+title, width-2))
	writeLines(b, "    ", text.Wrap(first+" "+second, width-4))
	fmt.Fprintf(b, "    smtplint explain %s\n", name)
}
