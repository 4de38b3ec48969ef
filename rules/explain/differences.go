package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// points is a list below the columns of a comparison.
type points struct {
	key   string
	items []string
}

// points gathers what sets the codes apart, when which applies, and how they
// are misread, with the rules that find that.
func (c *comparison) points() []points {
	all := []points{{"differences", c.differences()}, {key: "uses"}, {key: "misreadings"}}
	for _, s := range c.sides {
		if s.reply == nil {
			continue
		}
		all[1].items = append(all[1].items, s.name+": "+s.get("use"))
		misread := s.name + ": " + s.get("misread")
		if about := ids(rulesAbout(s.reply)); len(about) > 0 {
			misread += fmt.Sprintf([...]string{" Found by: %s.", " 찾아내는 규칙: %s."}[c.lang], joined(about))
		}
		all[2].items = append(all[2].items, misread)
	}
	return slices.DeleteFunc(all, func(p points) bool { return len(p.items) == 0 })
}

// differences says in sentences what tells the codes apart: whether they are
// errors, what they oblige the client to, what causes them, and what is
// finished with them.
func (c *comparison) differences() []string {
	s := english(c)
	if c.lang == codes.Korean {
		s = korean(c)
	}
	return slices.DeleteFunc(s, func(sentence string) bool { return sentence == "" })
}

// verdicts parts the codes into those that are no errors and those that are.
func (c *comparison) verdicts() (fine, failing []string) {
	for _, s := range c.sides {
		if s.class.Failed() {
			failing = append(failing, s.name)
		} else {
			fine = append(fine, s.name)
		}
	}
	return fine, failing
}

// oneClass reports whether all codes are of one class.
func (c *comparison) oneClass() bool {
	return !slices.ContainsFunc(c.sides, func(s side) bool { return s.class.Class() != c.sides[0].class.Class() })
}

// oneSubject returns what enhanced codes are about, if all are about one thing.
func (c *comparison) oneSubject() (string, bool) {
	subject := c.sides[0].get("subject")
	return subject, subject != "" && !slices.ContainsFunc(c.sides, func(s side) bool { return s.get("subject") != subject })
}

// of returns the codes of a class.
func (c *comparison) of(class transcripts.Class) []string {
	var names []string
	for _, s := range c.sides {
		if s.class.Class() == class {
			names = append(names, s.name)
		}
	}
	return names
}

// shared lists what all the codes may answer, by specification; ok is false
// where they cannot be compared so.
func (c *comparison) shared() (common []string, ok bool) {
	for i, s := range c.sides {
		if s.reply == nil || s.reply.Scope != "" {
			return nil, false
		}
		named, _ := s.reply.MayAnswer()
		if len(named) == 0 {
			return nil, false
		}
		if i == 0 {
			common = named
		}
		common = slices.DeleteFunc(slices.Clone(common), func(name string) bool { return !slices.Contains(named, name) })
	}
	return common, true
}

// english says the differences in English.
func english(c *comparison) []string {
	var out []string
	all, none := "Both", "Neither"
	if len(c.sides) > 2 {
		all, none = "All", "None of them"
	}
	switch fine, failing := c.verdicts(); {
	case len(failing) == 0:
		out = append(out, none+" is an error.")
	case len(fine) == 0:
		out = append(out, all+" are errors.")
	default:
		out = append(out, fmt.Sprintf("%s: no error. %s: an error.", list(fine, "and"), list(failing, "and")))
	}
	if class := codes.ClassOf(c.sides[0].class, codes.English); c.oneClass() {
		out = append(out, fmt.Sprintf("%s are %s; the client must %s.", all, class.Name, class.Obliges))
	} else {
		for _, s := range c.sides {
			class := codes.ClassOf(s.class, codes.English)
			out = append(out, fmt.Sprintf("%s is %s; the client must %s.", s.name, class.Name, class.Obliges))
		}
	}
	done, open := c.of(transcripts.Success), c.of(transcripts.Intermediate)
	if len(done) > 0 && len(open) > 0 {
		out = append(out, fmt.Sprintf("With %s the command is over, and the next thing is another command. With %s it is not: "+
			"the next thing that the client sends is no command.", list(done, "and"), list(open, "and")))
	}
	passing, final := c.of(transcripts.Transient), c.of(transcripts.Permanent)
	if len(passing) > 0 && len(final) > 0 {
		out = append(out, fmt.Sprintf("After %s the very same may work later; after %s it will not.", list(passing, "and"), list(final, "and")))
	}
	common, comparable := c.shared()
	switch {
	case comparable && len(common) == 0:
		out = append(out, "No command may be answered with either: they cannot stand for each other.")
	case comparable:
		out = append(out, fmt.Sprintf("%s may answer %s.", all, list(common, "and")))
	}
	if subject, ok := c.oneSubject(); ok {
		return append(out, fmt.Sprintf("%s are about %s.", all, subject))
	}
	for _, s := range c.sides {
		if s.reply == nil {
			out = append(out, fmt.Sprintf("%s is about %s.", s.name, s.get("subject")))
			continue
		}
		sentence := fmt.Sprintf("%s answers %s", s.name, s.get("answers"))
		if practice := s.get("practice"); practice != "" {
			sentence += " (in practice also " + practice + ")"
		}
		out = append(out, sentence+".", fmt.Sprintf("Finished with %s: %s", s.name, lowerFirst(s.get("done"))))
	}
	return out
}

// lowerFirst lets a sentence go on behind a colon, unless it begins with a name
// in capitals.
func lowerFirst(s string) string {
	word, _, _ := strings.Cut(s, " ")
	if strings.ToUpper(word) == word {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
