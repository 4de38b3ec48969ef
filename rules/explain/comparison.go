package explain

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// side is one of the codes that are compared.
type side struct {
	*entry
	class transcripts.Code
	reply *codes.Reply // nil for an enhanced code
}

// A comparison puts codes side by side and says how they differ, when which
// applies, and what they are taken for.
type comparison struct {
	lang  codes.Lang
	sides []side
}

// compared are the fields that are put side by side; the others are gathered
// in the lists below.
var compared = []string{"class", "error", "subject", "meaning", "seen", "client", "fix", "basic", "answers", "practice", "status", "refs"}

func (c *comparison) id() string {
	var names []string
	for _, s := range c.sides {
		names = append(names, s.name)
	}
	return "comparison " + strings.Join(names, " ")
}

// gutter is the space between columns.
const gutter = 2

// leastColumn is the width of a column below which the codes are written under
// each other instead.
const leastColumn = 22

func (c *comparison) text(b *strings.Builder, width int) {
	margin := 0
	for _, key := range compared {
		if c.says(key) {
			margin = max(margin, text.Width(headingOf(key, c.lang))+gutter)
		}
	}
	column := (width - margin - gutter*(len(c.sides)-1)) / len(c.sides)
	if column < leastColumn {
		c.stacked(b, width)
	} else {
		c.row(b, "", margin, column, func(s side) string { return s.heading() })
		for _, key := range compared {
			if c.says(key) {
				b.WriteByte('\n')
				c.row(b, headingOf(key, c.lang), margin, column, func(s side) string { return s.get(key) })
			}
		}
	}
	for _, p := range c.points() {
		b.WriteString("\n" + headingOf(p.key, c.lang) + "\n")
		for _, item := range p.items {
			writeLines(b, "  - ", text.Wrap(item, width-4))
		}
	}
}

// says reports whether any of the codes has something under a key.
func (c *comparison) says(key string) bool {
	for _, s := range c.sides {
		if s.get(key) != "" {
			return true
		}
	}
	return false
}

// row writes what the codes say under one heading, in columns.
func (c *comparison) row(b *strings.Builder, name string, margin, column int, cell func(side) string) {
	height := 0
	cells := make([][]string, len(c.sides))
	for i, s := range c.sides {
		cells[i] = text.Wrap(cell(s), column)
		height = max(height, len(cells[i]))
	}
	for y := range height {
		line := text.Pad(name, margin)
		name = ""
		for _, lines := range cells {
			part := ""
			if y < len(lines) {
				part = lines[y]
			}
			line += text.Pad(part, column+gutter)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// stacked writes what the codes say under each heading, one below the other,
// for terminals that are too narrow for columns.
func (c *comparison) stacked(b *strings.Builder, width int) {
	margin := 0
	for _, s := range c.sides {
		writeLines(b, "", text.Wrap(s.heading(), width))
		margin = max(margin, text.Width(s.name)+gutter)
	}
	for _, key := range compared {
		if !c.says(key) {
			continue
		}
		b.WriteString("\n" + headingOf(key, c.lang) + "\n")
		for _, s := range c.sides {
			if said := s.get(key); said != "" {
				writeField(b, "  "+s.name, margin+2, text.Wrap(said, width-margin-2))
			}
		}
	}
}

func (c *comparison) markdown(b *strings.Builder, level int) {
	var names []string
	for _, s := range c.sides {
		names = append(names, s.name)
	}
	fmt.Fprintf(b, "%s %s\n\n|", strings.Repeat("#", level), strings.Join(names, " · "))
	for _, s := range c.sides {
		b.WriteString(" | " + escaped(s.heading()))
	}
	b.WriteString(" |\n|---" + strings.Repeat("|---", len(c.sides)) + "|\n")
	for _, key := range compared {
		if !c.says(key) {
			continue
		}
		b.WriteString("| **" + headingOf(key, c.lang) + "**")
		for _, s := range c.sides {
			b.WriteString(" | " + escaped(s.get(key)))
		}
		b.WriteString(" |\n")
	}
	for _, p := range c.points() {
		fmt.Fprintf(b, "\n%s %s\n\n", strings.Repeat("#", level+1), headingOf(p.key, c.lang))
		for _, item := range p.items {
			b.WriteString("- " + escaped(item) + "\n")
		}
	}
}

func (c *comparison) MarshalJSON() ([]byte, error) {
	o := object{{"kind", "comparison"}}
	var entries []*entry
	for _, s := range c.sides {
		entries = append(entries, s.entry)
	}
	o = append(o, member{"codes", entries})
	for _, p := range c.points() {
		o = append(o, member{p.key, p.items})
	}
	return o.MarshalJSON()
}
