package lint

import (
	"strings"
	"testing"
)

func TestSelect(t *testing.T) {
	rules := []*Rule{
		{ID: "nested-mail", Area: Session, Side: ByClient, Refs: []Ref{RFC(5321, "4.1.4"), RFC(2920, "3.1")}},
		{ID: "extra-reply", Area: Reply, Side: ByServer, Refs: []Ref{RFC(5321, "4.2")}},
	}
	for selector, want := range map[string]string{
		"nested-mail":  "nested-mail",
		"all":          "nested-mail extra-reply",
		"area:reply":   "extra-reply",
		"side:client":  "nested-mail",
		"rfc:5321":     "nested-mail extra-reply",
		"rfc:2920":     "nested-mail",
		"nested-mial":  `there is no rule "nested-mial"; did you mean "nested-mail"?`,
		"area:repyl":   `there is no area "repyl"; did you mean "reply"?`,
		"side:network": `there is no side "network"`,
		"rfc:9999":     `there is no rule that rests on RFC "9999"`,
		"aera:reply":   `there is no way to select rules by "aera"; it can be all, the name of a rule, or area:, side:, rfc: and a name; did you mean "area"?`,
		"":             `there is no rule ""`,
	} {
		selected, err := Select(rules, selector)
		var ids []string
		for _, r := range selected {
			ids = append(ids, r.ID)
		}
		got := strings.Join(ids, " ")
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", selector, got, want)
		}
	}
}
