package explain

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules/codes"
)

// An entry is a page that says one thing after another about its subject.
type entry struct {
	kind   string // "reply", "enhanced", "line", "command", "extension"
	name   string // "252"
	title  string
	lang   codes.Lang
	fields []field
}

// A field is one of the things that an entry says. People read a text or, for
// lists, lines; programs get a value.
type field struct {
	key   string // in JSON; also chooses the heading
	text  string
	lines []string
	value any
}

func (e *entry) id() string { return e.kind + " " + e.name }

// say adds a text; nothing where it is empty.
func (e *entry) say(key, text string) {
	if text != "" {
		e.fields = append(e.fields, field{key: key, text: text, value: text})
	}
}

// join adds a list that reads as a text; nothing where it is empty.
func (e *entry) join(key string, list []string) {
	if len(list) > 0 {
		e.fields = append(e.fields, field{key: key, text: strings.Join(list, ", "), value: list})
	}
}

// enumerate adds a list with a line for each item; nothing where it is empty.
func (e *entry) enumerate(key string, lines []string, value any) {
	if len(lines) > 0 {
		e.fields = append(e.fields, field{key: key, lines: lines, value: value})
	}
}

// cite adds the sources.
func (e *entry) cite(refs []lint.Ref) {
	var names []string
	for _, r := range refs {
		names = append(names, r.String())
	}
	e.fields = append(e.fields, field{key: "refs", text: lint.ShortRefs(refs), value: names})
}

// get returns what the entry says under a key.
func (e *entry) get(key string) string {
	for _, f := range e.fields {
		if f.key == key {
			return f.text
		}
	}
	return ""
}

// heading is the first line of the page.
func (e *entry) heading() string {
	if e.title == "" {
		return e.name
	}
	return e.name + " " + e.title
}

func (e *entry) text(b *strings.Builder, width int) {
	writeLines(b, "", text.Wrap(e.heading(), width))
	b.WriteByte('\n')
	margin := marginFor(e.lang, e.fields)
	for _, f := range e.fields {
		name := headingOf(f.key, e.lang)
		if f.lines == nil {
			writeField(b, name, margin, text.Wrap(f.text, width-margin))
			continue
		}
		var lines []string
		for _, item := range f.lines {
			lines = append(lines, text.Wrap(item, width-margin)...)
		}
		writeField(b, name, margin, lines)
	}
}

// marginFor is the width of the column of headings.
func marginFor(l codes.Lang, fields []field) int {
	margin := 0
	for _, f := range fields {
		margin = max(margin, text.Width(headingOf(f.key, l))+2)
	}
	return margin
}

// writeField writes a heading and, beside it, lines.
func writeField(b *strings.Builder, name string, margin int, lines []string) {
	for _, l := range lines {
		b.WriteString(strings.TrimRight(text.Pad(name, margin)+l, " ") + "\n")
		name = ""
	}
}

func writeLines(b *strings.Builder, lead string, lines []string) {
	for _, l := range lines {
		b.WriteString(lead + l + "\n")
		lead = strings.Repeat(" ", text.Width(lead))
	}
}

func (e *entry) markdown(b *strings.Builder, level int) {
	fmt.Fprintf(b, "%s %s\n\n", strings.Repeat("#", level), escaped(e.heading()))
	for _, f := range e.fields {
		name := headingOf(f.key, e.lang)
		if !strings.HasSuffix(name, "?") {
			name += ":"
		}
		fmt.Fprintf(b, "- **%s** ", name)
		switch len(f.lines) {
		case 0:
			b.WriteString(escaped(f.text) + "\n")
		case 1:
			b.WriteString(escaped(f.lines[0]) + "\n")
		default:
			b.WriteString("\n")
			for _, item := range f.lines {
				b.WriteString("  - " + escaped(item) + "\n")
			}
		}
	}
}

func (e *entry) MarshalJSON() ([]byte, error) {
	o := object{{"kind", e.kind}, {"name", e.name}, {"title", e.title}}
	for _, f := range e.fields {
		o = append(o, member{f.key, f.value})
	}
	return o.MarshalJSON()
}

// escaped makes a text harmless in Markdown: what would be taken for markup or
// for HTML stands for itself.
func escaped(s string) string { return markup.Replace(s) }

var markup = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;",
	"|", `\|`, "&", "&amp;", "~", `\~`, "#", `\#`, "!", `\!`, "$", `\$`)
