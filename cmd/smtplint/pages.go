package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
)

const pageWidth = 96 // columns

// fields lists what a code page says, in order.
func fields(r *codes.Reply) [][2]string {
	class := codes.ClassOf(r.Code)
	all := [][2]string{
		{"Class", class.Name + ": " + class.Obliges},
		{"Meaning", r.Meaning},
		{"When you see it", r.Seen},
		{"What to do", r.Client},
		{"What to repair", r.Fix},
		{"What is finished", r.Done},
		{"For servers", r.Use},
		{"Answers", strings.Join(r.Answers, ", ")},
		{"Often misread", r.Misread},
		{"Rules", strings.Join(r.Rules, ", ")},
		{"Source", lint.ShortRefs(r.Refs)},
	}
	return all
}

func codeTitle(r *codes.Reply) string { return strconv.Itoa(int(r.Code)) + " " + r.Title }

// codePage is the page of a reply code for a terminal.
func codePage(r *codes.Reply) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", codeTitle(r))
	for _, f := range fields(r) {
		if f[1] != "" {
			writeField(&b, f[0], wrap(f[1], pageWidth-fieldWidth))
		}
	}
	return b.String()
}

const fieldWidth = 18

func writeField(b *strings.Builder, name string, lines []string) {
	for i, l := range lines {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(b, "%-*s%s\n", fieldWidth, name, l)
	}
}

// comparison puts codes side by side and says how they differ.
func comparison(replies []*codes.Reply) string {
	var b strings.Builder
	column := max(28, (pageWidth+20-fieldWidth)/len(replies))
	row := func(name string, cells []string) {
		wrapped := make([][]string, len(cells))
		height := 0
		for i, c := range cells {
			wrapped[i] = wrap(c, column-2)
			height = max(height, len(wrapped[i]))
		}
		for y := range height {
			line := fmt.Sprintf("%-*s", fieldWidth, name)
			name = ""
			for _, w := range wrapped {
				cell := ""
				if y < len(w) {
					cell = w[y]
				}
				line += fmt.Sprintf("%-*s", column, cell)
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
		b.WriteByte('\n')
	}
	cells := make([]string, len(replies))
	for i, r := range replies {
		cells[i] = codeTitle(r)
	}
	row("", cells)
	names := fields(replies[0])
	for k := range names {
		empty := true
		for i, r := range replies {
			cells[i] = fields(r)[k][1]
			empty = empty && cells[i] == ""
		}
		if !empty {
			row(names[k][0], cells)
		}
	}
	points(&b, "Key differences", differences(replies))
	b.WriteByte('\n')
	var uses []string
	for _, r := range replies {
		uses = append(uses, fmt.Sprintf("%d: %s", r.Code, r.Use))
	}
	points(&b, "When which applies", uses)
	return b.String()
}

func points(b *strings.Builder, heading string, all []string) {
	b.WriteString(heading + "\n")
	for _, point := range all {
		for i, l := range wrap(point, pageWidth-4) {
			lead := "    "
			if i == 0 {
				lead = "  - "
			}
			b.WriteString(lead + l + "\n")
		}
	}
}

// differences says in sentences what tells codes apart: what each obliges the
// client to, what causes it, and what is finished with it.
func differences(replies []*codes.Reply) []string {
	var out []string
	same := true
	for _, r := range replies {
		same = same && r.Code.Class() == replies[0].Code.Class()
	}
	if same {
		class := codes.ClassOf(replies[0].Code)
		out = append(out, fmt.Sprintf("All are %s: the client must %s.", class.Name, class.Obliges))
	}
	for _, r := range replies {
		class := codes.ClassOf(r.Code)
		failure := "is no error"
		if r.Code.Failed() {
			failure = "is an error"
		}
		if !same {
			failure += fmt.Sprintf(": as a %s reply it tells the client to %s", class.Name, class.Obliges)
		}
		out = append(out, fmt.Sprintf("%d %s.", r.Code, failure))
	}
	for _, r := range replies {
		out = append(out, fmt.Sprintf("%d answers %s. Finished with it: %s", r.Code, list(r.Answers), r.Done))
	}
	return out
}

func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// wrap breaks text into lines of at most width columns.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
