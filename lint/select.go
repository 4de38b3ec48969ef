package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Select returns the rules that a selector names: a rule by its ID, "area:tls",
// "side:client", "rfc:5321", or "all".
func Select(rules []*Rule, selector string) ([]*Rule, error) {
	if selector == "all" {
		return rules, nil
	}
	kind, name, ok := strings.Cut(selector, ":")
	if !ok {
		kind, name = "", selector
	}
	var selected []*Rule
	known := map[string]bool{}
	for _, r := range rules {
		for _, n := range r.names(kind) {
			known[n] = true
			if n == name {
				selected = append(selected, r)
				break
			}
		}
	}
	switch kinds := []string{"area", "side", "rfc"}; {
	case len(selected) > 0:
		return selected, nil
	case len(known) == 0:
		return nil, fmt.Errorf("there is no way to select rules by %q; it can be all, the name of a rule, or area:, side:, rfc: and a name%s",
			kind, DidYouMean(kind, kinds))
	}
	what := "rule"
	switch kind {
	case "area", "side":
		what = kind
	case "rfc":
		what = "rule that rests on RFC"
	}
	return nil, fmt.Errorf("there is no %s %q%s", what, name, DidYouMean(name, keys(known)))
}

// names are what the rule can be selected by in one kind of selector.
func (r *Rule) names(kind string) []string {
	switch kind {
	case "":
		return []string{r.ID}
	case "area":
		return []string{string(r.Area)}
	case "side":
		return []string{r.Side.String()}
	case "rfc":
		var numbers []string
		for _, ref := range r.Refs {
			if ref.Number != 0 {
				numbers = append(numbers, strconv.Itoa(ref.Number))
			}
		}
		return numbers
	}
	return nil
}

func keys(m map[string]bool) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
