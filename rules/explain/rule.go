package explain

import (
	"io"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
)

// rulePage is the page of a rule, which knows itself how it is shown.
type rulePage struct{ rule *lint.Rule }

// newRulePage makes the page of a rule, with its title in a language.
func newRulePage(r *lint.Rule, l codes.Lang) rulePage {
	translated := *r
	translated.Title = Title(r, l)
	return rulePage{&translated}
}

func (p rulePage) id() string { return "rule " + p.rule.ID }

func (p rulePage) text(b *strings.Builder, width int) { b.WriteString(p.rule.Text(width)) }

func (p rulePage) markdown(b *strings.Builder, level int) { b.WriteString(p.rule.Markdown()) }

func (p rulePage) MarshalJSON() ([]byte, error) {
	r := p.rule
	type example struct {
		Bad  bool   `json:"bad"`
		Text string `json:"text"`
	}
	examples := []example{}
	for _, e := range r.Examples {
		examples = append(examples, example{e.Bad, e.Text()})
	}
	refs := []string{}
	for _, ref := range r.Refs {
		refs = append(refs, ref.String())
	}
	return object{
		{"kind", "rule"}, {"name", r.ID}, {"title", r.Title}, {"area", r.Area}, {"side", r.Side.String()},
		{"severity", r.Severity.String()}, {"default", r.Default}, {"needs", (r.Needs | r.Sees).Names()},
		{"doc", strings.TrimSpace(r.Doc)}, {"examples", examples}, {"refs", refs},
	}.MarshalJSON()
}

// WriteRules lists rules as JSON, with all that is known of them.
func WriteRules(w io.Writer, all []*lint.Rule, l codes.Lang) error {
	pages := make([]Page, len(all))
	for i, r := range all {
		pages[i] = newRulePage(r, l)
	}
	return writeJSON(w, struct {
		Version int    `json:"version"`
		Lang    string `json:"lang"`
		Rules   []Page `json:"rules"`
	}{1, l.String(), pages})
}

// Title is the title of a rule in a language: in English where it has no
// translation.
func Title(r *lint.Rule, l codes.Lang) string {
	if l == codes.Korean {
		if t, ok := koreanTitles()[r.ID]; ok {
			return t
		}
	}
	return r.Title
}
