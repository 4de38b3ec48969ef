// Package rules is what smtplint knows about SMTP: the list of all rules. Each
// area is a folder, each rule a file in it, named after its ID.
package rules

import (
	"slices"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/auth"
	"github.com/smtplint/smtplint/rules/client"
	"github.com/smtplint/smtplint/rules/data"
	"github.com/smtplint/smtplint/rules/extension"
	"github.com/smtplint/smtplint/rules/grammar"
	"github.com/smtplint/smtplint/rules/hygiene"
	"github.com/smtplint/smtplint/rules/reply"
	"github.com/smtplint/smtplint/rules/session"
	"github.com/smtplint/smtplint/rules/tls"
	"github.com/smtplint/smtplint/rules/transcript"
)

// All lists the rules by area, in the order of lint.Areas, and by ID.
var All = slices.Concat(
	transcript.Rules,
	session.Rules,
	reply.Rules,
	data.Rules,
	tls.Rules,
	auth.Rules,
	extension.Rules,
	client.Rules,
	hygiene.Rules,
	grammar.Rules,
)

// ByID returns the rule with an ID, or nil.
func ByID(id string) *lint.Rule {
	for _, r := range All {
		if r.ID == id {
			return r
		}
	}
	return nil
}
