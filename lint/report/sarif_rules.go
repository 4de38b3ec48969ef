package report

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// sarifRules are the rules that results name, in the order in which they first
// do.
type sarifRules struct {
	list []*lint.Rule
	at   map[*lint.Rule]int
}

// index is where in the list a rule is.
func (s *sarifRules) index(r *lint.Rule) int {
	if s.at == nil {
		s.at = map[*lint.Rule]int{}
	}
	i, ok := s.at[r]
	if !ok {
		i = len(s.list)
		s.list = append(s.list, r)
		s.at[r] = i
	}
	return i
}

func (s *sarifRules) append(b []byte) []byte {
	w := sink{b: b}
	for i, r := range s.list {
		w.item(i == 0)
		w.descriptor(r)
	}
	return w.b
}

var sarifProblem = [...]string{lint.Off: "recommendation", lint.Info: "recommendation", lint.Warning: "warning", lint.Error: "error"}

// descriptionKept is how many characters of a description GitHub takes.
const descriptionKept = 1024

// descriptor writes what viewers tell about a rule.
func (s *sink) descriptor(r *lint.Rule) {
	s.str(`{"id":`)
	s.b = appendJSON(s.b, r.ID)
	s.str(`,"name":`)
	s.b = appendJSON(s.b, camel(r.ID))
	s.str(`,"shortDescription":{"text":`)
	s.b = appendJSON(s.b, text.Clip(r.Title, descriptionKept))
	s.str(`},"fullDescription":{"text":`)
	s.b = appendJSON(s.b, text.Clip(opening(r), descriptionKept))
	s.str(`},"help":{"text":`)
	s.b = appendJSON(s.b, r.Text(80))
	s.str(`,"markdown":`)
	s.b = appendJSON(s.b, r.Markdown())
	s.str(`}`)
	if url := r.URL(); url != "" {
		s.str(`,"helpUri":`)
		s.b = appendJSON(s.b, url)
	}
	s.str(`,"defaultConfiguration":{"level":"`)
	s.str(sarifLevel[max(lint.Info, r.Severity)])
	s.str(`"},"properties":{"tags":["smtp",`)
	s.b = appendJSON(s.b, "area:"+string(r.Area))
	s.str(`,"side:`)
	s.str(r.Side.String())
	s.str(`"],"precision":"high","problem.severity":"`)
	s.str(sarifProblem[r.Severity])
	s.str(`"}}`)
}

// camel turns an ID into the name that viewers show: "bare-lf" into "BareLf".
func camel(id string) string {
	var b strings.Builder
	for _, word := range strings.Split(id, "-") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// opening is the first paragraph of what a rule's page says, or its title.
func opening(r *lint.Rule) string {
	paragraph, _, _ := strings.Cut(strings.TrimSpace(r.Doc), "\n\n")
	if paragraph == "" {
		return r.Title
	}
	return strings.Join(strings.Fields(paragraph), " ")
}
