package config

import (
	"github.com/smtplint/smtplint/lint"
	"gopkg.in/yaml.v3"
)

// fields are the keys of a configuration. extends and custom have been read
// when the others are.
func (p *parser) fields(c *Config) []field {
	return []field{
		{name: "extends", doc: "Profiles or files whose settings hold where this file does not say otherwise.",
			kind: read(p.extends(new(Config)))},
		{name: "side", doc: "The side under test: no findings about the other one.",
			kind: p.oneOf(&c.Side, "client", "server", "both")},
		{name: "fail-on", doc: "The severity from which on findings fail a run.",
			kind: p.oneOf(&c.FailOn, "error", "warning", "info", "never")},
		{name: "exclude", doc: "Files that are left out where a directory is linted, as patterns of .gitignore relative to this file.",
			kind: p.exclude(c)},
		{name: "rules", doc: "The severities of rules.",
			kind: p.rules(c, &c.Severities)},
		{name: "overrides", doc: "Other settings for some files; of several that match, the last one counts.",
			kind: list(p, "overrides", &c.Overrides, func(o *Override) kind {
				return p.mapping("an override", []field{
					{name: "files", required: true, doc: "Patterns of .gitignore, relative to this file.", kind: p.globs(&o.Files)},
					{name: "format", doc: "The notation that these files are in.", kind: p.format(&o.Format)},
					{name: "rules", doc: "The severities of rules.", kind: p.rules(c, &o.Severities)},
				})
			})},
		{name: "ignore", doc: "Findings that are suppressed.",
			kind: list(p, "ignore", &c.Ignore, func(i *Ignore) kind {
				return p.mapping("what is ignored", []field{
					{name: "rule", required: true, doc: "The rule that finds them.", kind: p.rule(c, &i.Rule)},
					{name: "files", doc: "Patterns of .gitignore, relative to this file; without any, all files.", kind: p.globs(&i.Files)},
					{name: "reason", required: true, doc: "Why they are suppressed.", kind: p.text(&i.Reason)},
				})
			})},
		{name: "custom", doc: "Rules of your own.",
			kind: read(p.custom(new(Config)))},
	}
}

// read is a kind that was read already.
func read(k kind) kind { return kind{schema: k.schema, read: func(*yaml.Node) {}} }

// extends are profiles and files.
func (p *parser) extends(c *Config) kind {
	item := schema{"anyOf": []schema{{"enum": lint.ProfileNames()}, {"type": "string", "pattern": "[/.]"}}}
	return some(p, new([]struct{}), func(*struct{}) kind {
		return kind{schema: item, read: func(n *yaml.Node) { p.extend(c, n) }}
	})
}

func (p *parser) exclude(c *Config) kind {
	own := Globs{Dir: p.dir}
	k := list(p, "exclude", &own.Patterns, p.glob)
	read := k.read
	k.read = func(n *yaml.Node) {
		read(n)
		c.Exclude = append(c.Exclude, own)
	}
	return k
}
