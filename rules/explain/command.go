package explain

import (
	"fmt"
	"slices"

	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// commandEntry is the page of a command.
func commandEntry(c *codes.Command, l codes.Lang) *entry {
	e := &entry{kind: "command", name: joined(commandNames([]string{c.Name}, l)), lang: l}
	e.say("syntax", c.Syntax)
	e.say("meaning", c.Meaning)
	e.say("needs", c.Needs)
	e.say("changes", c.Changes)
	e.say("pipelining", c.Pipelining)
	e.say("offered", c.Offered)
	a := c.Answers
	e.enumerate("success", explained(a.Success, l), a.Success)
	e.enumerate("intermediate", explained(a.Intermediate, l), a.Intermediate)
	e.enumerate("errors", explained(a.Errors, l), a.Errors)
	extended := slices.Clone(a.Extension)
	if a.Standing(530) == codes.Extended && !slices.Contains(extended, 530) {
		extended = append(extended, 530)
		slices.Sort(extended)
	}
	e.enumerate("extended", explained(extended, l), extended)
	e.enumerate("always", explained(a.Always(), l), a.Always())
	e.enumerate("tolerated", explained(a.Tolerated, l), a.Tolerated)
	e.join("rules", ids(rulesOf(c)))
	e.say("status", statusOf(c.Status, l))
	e.cite(c.Refs)
	return e
}

// explained lists codes with their titles.
func explained(all []transcripts.Code, l codes.Lang) []string {
	var out []string
	for _, c := range all {
		out = append(out, fmt.Sprintf("%d %s", c, codes.Find(c).In(l).Title))
	}
	return out
}

// extensionEntry is the page of an extension.
func extensionEntry(x *codes.ServiceExtension, l codes.Lang) *entry {
	e := &entry{kind: "extension", name: x.Keyword, lang: l}
	e.say("meaning", x.Meaning)
	if x.Params != "" {
		e.say("params", x.Keyword+" followed by "+x.Params)
	} else {
		e.say("params", x.Keyword+" alone")
	}
	e.say("adds", x.Adds)
	e.say("heed", x.Heed)
	e.join("rules", ids(rulesOn(x)))
	e.say("status", statusOf(x.Status, l))
	e.cite(x.Refs)
	return e
}
