package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/codes"
)

// rulesAbout lists the rules about a reply code: those that its entry names, in
// its order, and those that have it in their ID or title.
func rulesAbout(r *codes.Reply) []*lint.Rule {
	var out []*lint.Rule
	for _, id := range r.Rules {
		if rule := rules.ByID(id); rule != nil {
			out = append(out, rule)
		}
	}
	code := strconv.Itoa(int(r.Code))
	return append(out, where(func(rule *lint.Rule) bool {
		return names(rule, code) && !slices.Contains(r.Rules, rule.ID)
	})...)
}

// rulesOf lists the rules about a command: those that look at hardly any other,
// and those that have it in their ID or title.
func rulesOf(c *codes.Command) []*lint.Rule {
	return where(func(rule *lint.Rule) bool {
		for _, v := range rule.On {
			if codes.Allowed(v) == c.Answers && len(rule.On) <= 2 {
				return true
			}
		}
		return names(rule, c.Name)
	})
}

// rulesOn lists the rules about an extension: those that have its keyword in
// their ID or title.
func rulesOn(x *codes.ServiceExtension) []*lint.Rule {
	return where(func(rule *lint.Rule) bool { return names(rule, x.Keyword) })
}

func where(fits func(*lint.Rule) bool) []*lint.Rule {
	var out []*lint.Rule
	for _, rule := range rules.All {
		if fits(rule) {
			out = append(out, rule)
		}
	}
	return out
}

// names reports whether a rule has a word in its title as it stands, or in its
// ID in small letters. In IDs words of four letters do not count: "data" and
// "size" are not the command and the extension only.
func names(rule *lint.Rule, word string) bool {
	return hasWord(rule.Title, word) || len(word) != 4 && hasWord(rule.ID, strings.ToLower(word))
}

// hasWord reports whether a word stands in s by itself.
func hasWord(s, word string) bool {
	for at := 0; ; {
		n := strings.Index(s[at:], word)
		if n < 0 {
			return false
		}
		from, to := at+n, at+n+len(word)
		if (from == 0 || !alnum(s[from-1])) && (to == len(s) || !alnum(s[to])) {
			return true
		}
		at = to
	}
}

func alnum(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }

func ids(all []*lint.Rule) []string {
	var out []string
	for _, r := range all {
		out = append(out, r.ID)
	}
	return out
}

// titled lists rules with their titles.
func titled(all []*lint.Rule, l codes.Lang) []string {
	var out []string
	for _, r := range all {
		out = append(out, r.ID+": "+Title(r, l))
	}
	return out
}
