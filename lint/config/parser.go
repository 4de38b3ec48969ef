package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"gopkg.in/yaml.v3"
)

// parser walks the nodes of a configuration and gathers what is wrong with it.
// yaml.v3 alone gives no column, and names Go types where it complains.
type parser struct {
	*loader
	path   string
	dir    string   // of the file, absolute
	from   []string // the files that extend this one, and this one
	source []string // its lines
}

// fail notes an error at a node, with its source line.
func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	f := &Fault{Path: p.path, Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...)}
	if n.Line >= 1 && n.Line <= len(p.source) {
		f.Source = strings.TrimRight(p.source[n.Line-1], "\r")
	}
	p.errs = append(p.errs, f)
}

// said is what stands at a node, for an error about it.
func said(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "this list"
	case yaml.MappingNode:
		return "this mapping"
	}
	return strconv.Quote(n.Value)
}

// A field is a key of a mapping. The parser and the schema are made of the same
// fields, so that they cannot drift apart.
type field struct {
	name     string
	doc      string // for the schema
	required bool
	kind
}

// A kind is what a value can be.
type kind struct {
	read   func(n *yaml.Node)
	schema schema
}

// schema is a JSON Schema.
type schema map[string]any

// object reads a mapping with fixed keys.
func (p *parser) object(n *yaml.Node, what string, fields []field) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be a mapping of names to values", what)
		return
	}
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].name
	}
	seen := map[string]bool{}
	p.each(n, func(key, value *yaml.Node) {
		i := slices.Index(names, key.Value)
		switch {
		case i >= 0 && !seen[key.Value]:
			fields[i].read(value)
		case i >= 0:
			p.fail(key, "%q is given twice", key.Value)
		default:
			p.fail(key, "unknown key %q; allowed are %s%s", key.Value, strings.Join(sorted(names), ", "), lint.DidYouMean(key.Value, names))
		}
		seen[key.Value] = true
	})
	for _, f := range fields {
		if f.required && !seen[f.name] {
			p.fail(n, "%s lacks %q", what, f.name)
		}
	}
}

// each calls do for each key and value of a mapping. An alias has no place in a
// configuration: a small file could stand for a huge one.
func (p *parser) each(n *yaml.Node, do func(key, value *yaml.Node)) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if value.Kind == yaml.AliasNode {
			p.fail(value, "aliases are not supported")
			continue
		}
		do(key, value)
	}
}

func sorted(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }
