package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// bashCompletion writes a function that finds the command among the words, then
// offers its flags, or what the flag before the cursor takes.
func bashCompletion(app *kong.Application) string {
	root := complete(app.Node, nil)
	var b strings.Builder
	b.WriteString(`# bash completion for smtplint                              -*- shell-script -*-

_smtplint_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
_smtplint_files() {
	mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	compopt -o filenames 2>/dev/null
}

_smtplint() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} cmd='' word i
	COMPREPLY=()
	if [[ $cur == = ]]; then
		cur=''
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case "$cmd/$word" in
`)
	for _, c := range root.all()[1:] {
		above := strings.Join(c.path[:len(c.path)-1], " ")
		fmt.Fprintf(&b, "\t\t'%s/%s') cmd='%s' ;;\n", above, c.path[len(c.path)-1], strings.Join(c.path, " "))
	}
	b.WriteString("\t\tesac\n\tdone\n\tcase \"$cmd\" in\n")
	for _, c := range append(root.all()[1:], root) {
		c.bash(&b, root)
	}
	b.WriteString("\tesac\n}\n\ncomplete -F _smtplint smtplint\n")
	return b.String()
}

// bash writes the branch of a command.
func (c *completed) bash(b *strings.Builder, root *completed) {
	shown := c
	if c == root {
		shown = root.subs[0] // the default command
	}
	fmt.Fprintf(b, "\t'%s')\n\t\tcase \"$prev\" in\n", strings.Join(c.path, " "))
	var names []string
	for _, f := range shown.flags {
		names = append(names, "--"+f.name)
		pattern := "--" + f.name
		if f.short != "" {
			names = append(names, "-"+f.short)
			pattern += "|-" + f.short
		}
		if f.value != nil {
			fmt.Fprintf(b, "\t\t%s) %s; return ;;\n", pattern, f.value.bash())
		}
	}
	b.WriteString("\t\tesac\n")
	fmt.Fprintf(b, "\t\tif [[ $cur == -* ]]; then\n\t\t\t_smtplint_words '%s'\n\t\t\treturn\n\t\tfi\n", strings.Join(names, " "))
	switch {
	case c == root:
		fmt.Fprintf(b, "\t\t_smtplint_files\n\t\tif ((COMP_CWORD == 1)); then\n\t\t\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W '%s' -- \"$cur\")\n\t\tfi\n", strings.Join(c.names(), " "))
	case len(c.subs) > 0:
		fmt.Fprintf(b, "\t\t_smtplint_words '%s'\n", strings.Join(c.names(), " "))
	default:
		fmt.Fprintf(b, "\t\t%s\n", c.args.bash())
	}
	b.WriteString("\t\t;;\n")
}

func (v *values) bash() string {
	switch {
	case len(v.words) > 0:
		return "_smtplint_words '" + strings.Join(v.words, " ") + "'"
	case v.files:
		return "_smtplint_files"
	}
	return ":"
}
