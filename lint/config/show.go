package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"gopkg.in/yaml.v3"
)

// String writes the settings that hold for a recording as a configuration that
// needs no other. What it has no keys for is in comments.
func (m Manner) String() string {
	var b strings.Builder
	note := func(format string, args ...any) { fmt.Fprintf(&b, "# "+format+"\n", args...) }
	if len(m.Sources) == 0 {
		note("there is no %s: these are the defaults", Name)
	} else {
		note("from %s", strings.Join(m.Sources, ", "))
	}
	if len(m.Profiles) > 0 {
		note("profiles: %s", strings.Join(m.Profiles, ", "))
	}
	if m.Format != nil {
		note("read as %s", m.Format.Name)
	}
	if m.Hints.Port != 0 {
		note("port %d where a recording does not say", m.Hints.Port)
	}
	if m.Hints.LMTP {
		note("the conversations are LMTP")
	}
	for _, r := range m.Custom {
		note("custom rule %s: %s", r.ID, r.Title)
	}
	doc := &yaml.Node{Kind: yaml.MappingNode}
	add := func(name string, value *yaml.Node) { doc.Content = append(doc.Content, scalar(name), value) }
	if m.Side != "" {
		add("side", scalar(m.Side))
	}
	if m.FailOn != "" {
		add("fail-on", scalar(m.FailOn))
	}
	if len(m.Severities) > 0 {
		add("rules", severities(m.Severities))
	}
	if len(m.Ignored) > 0 {
		add("ignore", ignored(m.Ignored))
	}
	if len(doc.Content) > 0 {
		data, _ := yaml.Marshal(doc) // a tree of scalars can be written
		b.Write(data)
	}
	return b.String()
}

func scalar(text string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: text} }

func severities(all map[string]lint.Severity) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, id := range keys(all) {
		n.Content = append(n.Content, scalar(id), scalar(all[id].String()))
	}
	return n
}

func ignored(reasons map[string]string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, id := range keys(reasons) {
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
			scalar("rule"), scalar(id), scalar("reason"), scalar(reasons[id]),
		}})
	}
	return n
}

func keys[T any](m map[string]T) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
