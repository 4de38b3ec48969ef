package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/explain"
	"github.com/smtplint/smtplint/transcripts/formats"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: bash, zsh or fish."`
}

// Help tells how to install the script.
func (c *completionCmd) Help() string {
	return `To install it:

    smtplint completion bash >~/.local/share/bash-completion/completions/smtplint
    smtplint completion zsh >"${fpath[1]}/_smtplint"
    smtplint completion fish >~/.config/fish/completions/smtplint.fish`
}

func (c *completionCmd) Run(s *streams) error {
	script := map[string]func(*kong.Application) string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[c.Shell]
	_, err := fmt.Fprint(s.out, script(model()))
	return closed(err)
}

// A completed is a command, as far as completion is concerned.
type completed struct {
	path  []string // "baseline", "write"
	help  string
	subs  []*completed
	flags []completedFlag
	args  values
}

type completedFlag struct {
	name  string // without its hyphens
	short string // "" where there is none
	help  string
	value *values // nil: it takes none
}

// values are what an argument can be.
type values struct {
	words []string // empty: whatever
	files bool
}

// complete describes a command and those below it.
func complete(n *kong.Node, path []string) *completed {
	c := &completed{path: path, help: n.Help}
	for _, f := range n.AllFlags(false) {
		for _, f := range f {
			flag := completedFlag{name: f.Name, help: firstSentence(f.Help)}
			if f.Short != 0 {
				flag.short = string(f.Short)
			}
			if !f.IsBool() {
				v := valuesOf(f.Name, f.EnumSlice())
				flag.value = &v
			}
			c.flags = append(c.flags, flag)
		}
	}
	for _, p := range n.Positional {
		c.args = valuesOf(strings.Join(append(slices.Clone(path), p.Name), " "), p.EnumSlice())
	}
	for _, sub := range n.Children {
		c.subs = append(c.subs, complete(sub, append(slices.Clone(path), sub.Name)))
	}
	return c
}

// valuesOf are what a flag, or an argument of a command, can be.
func valuesOf(name string, enum []string) values {
	if enum = slices.DeleteFunc(slices.Clone(enum), func(s string) bool { return s == "" }); len(enum) > 0 {
		return values{words: enum}
	}
	switch name {
	case "only", "select", "ignore":
		return values{words: append(ruleIDs(), "all")}
	case "severity":
		return values{words: ruleIDs()}
	case "profile":
		return values{words: lint.ProfileNames()}
	case "input-format":
		words := []string{"auto"}
		for _, f := range formats.All {
			words = append(words, f.Name)
		}
		return values{words: words}
	case "lang":
		return values{words: []string{"en", "ko"}}
	case "area":
		var words []string
		for _, a := range lint.Areas {
			words = append(words, string(a))
		}
		return values{words: words}
	case "output":
		var words []string
		for _, name := range report.Names() {
			words = append(words, name+":")
		}
		return values{words: words}
	case "explain name":
		return values{words: explain.Names()}
	case "exclude", "port", "jobs", "context":
		return values{}
	}
	return values{files: true}
}

func ruleIDs() []string {
	var ids []string
	for _, r := range rules.All {
		ids = append(ids, r.ID)
	}
	return ids
}

// firstSentence is short enough to stand beside a flag.
func firstSentence(help string) string {
	for _, end := range []string{". ", " (", ": ", "; "} {
		help, _, _ = strings.Cut(help, end)
	}
	return strings.TrimSuffix(help, ".")
}

// all lists a command and those below it.
func (c *completed) all() []*completed {
	list := []*completed{c}
	for _, s := range c.subs {
		list = append(list, s.all()...)
	}
	return list
}

// names are those of the commands right below.
func (c *completed) names() []string {
	var names []string
	for _, s := range c.subs {
		names = append(names, s.path[len(s.path)-1])
	}
	return names
}
