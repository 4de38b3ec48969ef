package lint

import (
	"slices"
	"strconv"
)

// reference is where the pages of the rules are published.
const reference = "https://github.com/smtplint/smtplint/blob/main/rules/README.md#"

// URL is the address of the rule's page, or "" where it has none: a rule of
// the user's own is in no area of the reference.
func (r *Rule) URL() string {
	if !slices.Contains(Areas, r.Area) {
		return ""
	}
	return reference + r.ID
}

// URL is the address of an RFC and of the section in it, or "" for other
// documents.
func (r Ref) URL() string {
	if r.Number == 0 {
		return ""
	}
	url := "https://www.rfc-editor.org/rfc/rfc" + strconv.Itoa(r.Number)
	if r.Section == "" {
		return url
	}
	if '0' <= r.Section[0] && r.Section[0] <= '9' {
		return url + "#section-" + r.Section
	}
	return url + "#appendix-" + r.Section
}
