package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// fishCompletion writes a line for each command, and for each flag of each.
func fishCompletion(app *kong.Application) string {
	root := complete(app.Node, nil)
	var b strings.Builder
	b.WriteString("# fish completion for smtplint\n\n")
	none := "not __fish_seen_subcommand_from " + strings.Join(root.names(), " ")
	for i, c := range root.subs {
		fmt.Fprintf(&b, "complete -c smtplint -n '__fish_use_subcommand' -a %s -d '%s'\n", c.path[0], fishText(firstSentence(c.help)))
		when := "__fish_seen_subcommand_from " + c.path[0]
		if i == 0 {
			c.fish(&b, none) // the default command
		}
		c.fish(&b, when)
		for _, sub := range c.subs {
			name := sub.path[1]
			others := strings.Join(c.names(), " ")
			fmt.Fprintf(&b, "complete -c smtplint -f -n '%s; and not __fish_seen_subcommand_from %s' -a %s -d '%s'\n", when, others, name, fishText(firstSentence(sub.help)))
			sub.fish(&b, when+"; and __fish_seen_subcommand_from "+name)
		}
	}
	return b.String()
}

// fish writes the flags and arguments of a command, for use under a condition.
func (c *completed) fish(b *strings.Builder, when string) {
	if len(c.subs) > 0 {
		return
	}
	for _, f := range c.flags {
		fmt.Fprintf(b, "complete -c smtplint -n '%s' -l %s", when, f.name)
		if f.short != "" {
			fmt.Fprintf(b, " -s %s", f.short)
		}
		fmt.Fprintf(b, "%s -d '%s'\n", f.value.fish(), fishText(f.help))
	}
	if len(c.args.words) > 0 {
		fmt.Fprintf(b, "complete -c smtplint -f -n '%s' -a '%s'\n", when, strings.Join(c.args.words, " "))
	}
}

func (v *values) fish() string {
	switch {
	case v == nil:
		return ""
	case len(v.words) > 0:
		return " -x -a '" + strings.Join(v.words, " ") + "'"
	case v.files:
		return " -r -F"
	}
	return " -x"
}

func fishText(s string) string { return strings.NewReplacer("'", `\'`, `\`, `\\`).Replace(s) }
