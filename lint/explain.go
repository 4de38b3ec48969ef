package lint

import (
	"fmt"
	"go/doc/comment"
	"strings"
)

// Text is the page of a rule for a terminal.
func (r *Rule) Text(width int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s.\n\n%s\n", r.ID, r.Title, r.facts())
	if needs := r.Needs | r.Sees; needs != 0 {
		fmt.Fprintf(&b, "needs a recording of: %s\n", needs.Lacks())
	}
	b.WriteByte('\n')
	var parser comment.Parser
	printer := comment.Printer{TextWidth: width}
	b.Write(printer.Text(parser.Parse(strings.TrimSpace(r.Doc))))
	for _, bad := range []bool{true, false} {
		for _, e := range r.Examples {
			if e.Bad == bad {
				fmt.Fprintf(&b, "\n%s:\n\n", e.kind())
				for _, l := range e.lines() {
					b.WriteString(strings.TrimRight("    "+l, " ") + "\n")
				}
				break
			}
		}
	}
	if len(r.Refs) > 0 {
		fmt.Fprintf(&b, "\nSource: %s\n", ShortRefs(r.Refs))
	}
	return b.String()
}

// Markdown is the page of a rule in the reference.
func (r *Rule) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s.\n\n%s", r.ID, r.Title, r.facts())
	if needs := r.Needs | r.Sees; needs != 0 {
		fmt.Fprintf(&b, " · needs a recording of %s", needs.Lacks())
	}
	if len(r.Refs) > 0 {
		fmt.Fprintf(&b, " · %s", ShortRefs(r.Refs))
	}
	b.WriteString("\n\n")
	var parser comment.Parser
	printer := comment.Printer{HeadingLevel: 3, HeadingID: func(*comment.Heading) string { return "" }}
	b.Write(printer.Markdown(parser.Parse(strings.TrimSpace(r.Doc))))
	for _, e := range r.Examples {
		fmt.Fprintf(&b, "\n%s:\n\n```text\n%s\n```\n", e.kind(), strings.Join(e.lines(), "\n"))
	}
	return b.String()
}

func (r *Rule) facts() string {
	on := "on"
	if !r.Default {
		on = "off"
	}
	return fmt.Sprintf("area %s · at fault: %s · severity %s · %s by default", r.Area, r.Side, r.Severity, on)
}

func (e Example) kind() string {
	if e.Bad {
		return "Bad"
	}
	return "Good"
}

// lines are those of the example, with its faults marked for readers.
func (e Example) lines() []string {
	var out []string
	for _, l := range strings.Split(strings.TrimRight(e.Text(), "\n"), "\n") {
		if strings.HasPrefix(l, "# want") {
			out[len(out)-1] += "     <-- here"
			continue
		}
		out = append(out, l)
	}
	return out
}

// Reference is the reference of all rules in Markdown: an index by area, one
// by RFC section, and the pages.
func Reference(rules []*Rule) string {
	var b strings.Builder
	b.WriteString("# Rules\n\nThis page is generated from the rules themselves; a test keeps it current.\n")
	for _, area := range Areas {
		first := true
		for _, r := range rules {
			if r.Area != area {
				continue
			}
			if first {
				fmt.Fprintf(&b, "\n**%s**\n\n| rule | what is wrong | at fault | severity | default |\n|---|---|---|---|---|\n", area)
				first = false
			}
			on := "on"
			if !r.Default {
				on = "off"
			}
			fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s | %s |\n", r.ID, r.ID, r.Title, r.Side, r.Severity, on)
		}
	}
	b.WriteString("\n**By specification**\n\n| section | rules |\n|---|---|\n")
	for _, ref := range sortedRefs(rules) {
		var links []string
		for _, r := range rules {
			for _, have := range r.Refs {
				if have == ref {
					links = append(links, fmt.Sprintf("[%s](#%s)", r.ID, r.ID))
				}
			}
		}
		fmt.Fprintf(&b, "| %s | %s |\n", ref.Short(), strings.Join(links, ", "))
	}
	for _, r := range rules {
		b.WriteString("\n" + r.Markdown())
	}
	return b.String()
}
