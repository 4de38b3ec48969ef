package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"gopkg.in/yaml.v3"
)

// parser walks the nodes of a configuration and gathers what is wrong with it.
// yaml.v3 alone gives no column, and names Go types where it complains.
type parser struct {
	path   string
	source []string // its lines
	errs   []error
}

// fail notes an error at a node, with its source line.
func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	line := ""
	if n.Line >= 1 && n.Line <= len(p.source) {
		line = "\n    " + strings.TrimRight(p.source[n.Line-1], "\r")
	}
	p.errs = append(p.errs, fmt.Errorf("%s:%d:%d: %s%s", p.path, n.Line, n.Column, fmt.Sprintf(format, args...), line))
}

// mapping calls the reader of each key of a mapping.
func (p *parser) mapping(n *yaml.Node, what string, readers map[string]func(*yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be a mapping of names to values", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := readers[key.Value]
		switch {
		case !ok:
			names := make([]string, 0, len(readers))
			for name := range readers {
				names = append(names, name)
			}
			slices.Sort(names)
			p.fail(key, "unknown key %q; allowed are %s%s", key.Value, strings.Join(names, ", "), lint.DidYouMean(key.Value, names))
		case seen[key.Value]:
			p.fail(key, "%q is given twice", key.Value)
		default:
			read(value)
		}
		seen[key.Value] = true
	}
}

// oneOf reads a word that must be one of some.
func (p *parser) oneOf(n *yaml.Node, words ...string) string {
	if n.Kind == yaml.ScalarNode && slices.Contains(words, n.Value) {
		return n.Value
	}
	p.fail(n, "%q must be one of %s%s", n.Value, strings.Join(words, ", "), lint.DidYouMean(n.Value, words))
	return ""
}

// list reads one word, or a sequence of words, that must be some.
func (p *parser) list(n *yaml.Node, words ...string) []string {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	var found []string
	for _, item := range items {
		if word := p.oneOf(item, words...); word != "" {
			found = append(found, word)
		}
	}
	return found
}

// rules reads the severities of rules.
func (p *parser) rules(n *yaml.Node, c *Config, known []*lint.Rule) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "rules must be a mapping of rules to off, info, warning or error")
		return
	}
	ids := make([]string, len(known))
	for i, r := range known {
		ids[i] = r.ID
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !slices.Contains(ids, key.Value) {
			p.fail(key, "there is no rule %q%s", key.Value, lint.DidYouMean(key.Value, ids))
			continue
		}
		if s, err := lint.ParseSeverity(p.oneOf(value, "off", "info", "warning", "error")); err == nil {
			c.Rules[key.Value] = s
		}
	}
}
