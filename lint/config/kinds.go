package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/files"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
	"gopkg.in/yaml.v3"
)

// text is a scalar of any words.
func (p *parser) text(to *string) kind {
	return kind{
		schema: schema{"type": "string", "pattern": `\S`},
		read: func(n *yaml.Node) {
			if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" || isNull(n) {
				p.fail(n, "here must be some text")
				return
			}
			*to = n.Value
		},
	}
}

// oneOf is a word that must be one of some.
func (p *parser) oneOf(to *string, words ...string) kind {
	return kind{
		schema: schema{"enum": words},
		read: func(n *yaml.Node) {
			if n.Kind == yaml.ScalarNode && slices.Contains(words, n.Value) {
				*to = n.Value
				return
			}
			p.fail(n, "%s must be one of %s%s", said(n), strings.Join(words, ", "), lint.DidYouMean(n.Value, words))
		},
	}
}

// some is one value, or a list of them.
func some[T any](p *parser, to *[]T, item func(*T) kind) kind {
	one := item(new(T)).schema
	return kind{
		schema: schema{"anyOf": []schema{one, {"type": "array", "items": one}}},
		read: func(n *yaml.Node) {
			items := []*yaml.Node{n}
			if n.Kind == yaml.SequenceNode {
				items = n.Content
			}
			readAll(p, items, to, item)
		},
	}
}

// list is a list of values.
func list[T any](p *parser, what string, to *[]T, item func(*T) kind) kind {
	return kind{
		schema: schema{"type": "array", "items": item(new(T)).schema},
		read: func(n *yaml.Node) {
			if n.Kind != yaml.SequenceNode && !isNull(n) {
				p.fail(n, "%s must be a list", what)
				return
			}
			readAll(p, n.Content, to, item)
		},
	}
}

func readAll[T any](p *parser, items []*yaml.Node, to *[]T, item func(*T) kind) {
	for _, n := range items {
		if n.Kind == yaml.AliasNode {
			p.fail(n, "aliases are not supported")
			continue
		}
		before := len(p.errs)
		var v T
		item(&v).read(n)
		if len(p.errs) == before {
			*to = append(*to, v)
		}
	}
}

// mapping is a mapping with fixed keys.
func (p *parser) mapping(what string, fields []field) kind {
	return kind{
		schema: objectSchema(fields),
		read:   func(n *yaml.Node) { p.object(n, what, fields) },
	}
}

// yesNo is true or false.
func (p *parser) yesNo(to **bool) kind {
	return kind{
		schema: schema{"type": "boolean"},
		read: func(n *yaml.Node) {
			b, err := strconv.ParseBool(n.Value)
			if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" || err != nil {
				p.fail(n, "%s must be true or false", said(n))
				return
			}
			*to = &b
		},
	}
}

func (p *parser) port(to *int) kind {
	return kind{
		schema: schema{"type": "integer", "minimum": 1, "maximum": 65535},
		read: func(n *yaml.Node) {
			var err error
			if *to, err = lint.ParsePort(n.Value); err != nil {
				p.fail(n, "%v", err)
			}
		},
	}
}

// regexp is a regular expression of RE2.
func (p *parser) regexp(to **regexp.Regexp) kind {
	return kind{
		schema: schema{"type": "string", "format": "regex"},
		read: func(n *yaml.Node) {
			re, err := regexp.Compile(n.Value)
			if n.Kind != yaml.ScalarNode || err != nil {
				p.fail(n, "%s is no regular expression: %s", said(n), regexpTrouble(err))
				return
			}
			*to = re
		},
	}
}

func regexpTrouble(err error) string {
	if err == nil {
		return "it must be text"
	}
	return strings.TrimPrefix(err.Error(), "error parsing regexp: ")
}

// glob is a pattern for files.
func (p *parser) glob(to *Glob) kind {
	return kind{
		schema: schema{"type": "string"},
		read: func(n *yaml.Node) {
			pattern, err := files.ParsePattern(n.Value)
			if n.Kind != yaml.ScalarNode || err != nil {
				p.fail(n, "%s is no pattern for files: it is like one in .gitignore, relative to this file, without a \"!\"", said(n))
				return
			}
			*to = Glob{pattern, n.Value}
		},
	}
}

// globs are patterns relative to the file.
func (p *parser) globs(to *Globs) kind {
	to.Dir = p.dir
	return some(p, &to.Patterns, p.glob)
}

// format is a notation.
func (p *parser) format(to **transcripts.Format) kind {
	return kind{
		schema: schema{"enum": formats.Names()},
		read: func(n *yaml.Node) {
			f, err := lint.FormatNamed(n.Value)
			if err != nil {
				p.fail(n, "%v", err)
				return
			}
			*to = f
		},
	}
}

// severity is how severe a rule is.
func (p *parser) severity(to *lint.Severity, words ...string) kind {
	var word string
	k := p.oneOf(&word, words...)
	read := k.read
	k.read = func(n *yaml.Node) {
		if read(n); word != "" {
			*to, _ = lint.ParseSeverity(word)
		}
	}
	return k
}

// rule is the name of a rule.
func (p *parser) rule(c *Config, to *string) kind {
	return kind{
		schema: schema{"type": "string", "examples": ids(p.known)},
		read:   func(n *yaml.Node) { p.ruleNamed(c, n, to) },
	}
}

func (p *parser) ruleNamed(c *Config, n *yaml.Node, to *string) {
	names := ids(c.Rules(p.known))
	switch {
	case n.Kind == yaml.ScalarNode && slices.Contains(names, n.Value):
		*to = n.Value
	case slices.Contains(p.bad, n.Value): // which was told
	default:
		p.fail(n, "there is no rule %s%s", said(n), lint.DidYouMean(n.Value, names))
	}
}

// rules are severities by rule.
func (p *parser) rules(c *Config, to *map[string]lint.Severity) kind {
	words := []string{"off", "info", "warning", "error"}
	one := schema{"enum": words}
	known := map[string]schema{}
	for _, r := range p.known {
		known[r.ID] = schema{"enum": words, "description": r.Title}
	}
	return kind{
		schema: schema{"type": "object", "properties": known, "additionalProperties": one},
		read: func(n *yaml.Node) {
			if n.Kind != yaml.MappingNode {
				if !isNull(n) {
					p.fail(n, "rules must be a mapping of rules to %s", strings.Join(words, ", "))
				}
				return
			}
			seen := map[string]bool{}
			p.each(n, func(key, value *yaml.Node) {
				if seen[key.Value] {
					p.fail(key, "%q is given twice", key.Value)
				}
				seen[key.Value] = true
				before := len(p.errs)
				var id string
				var s lint.Severity
				p.ruleNamed(c, key, &id)
				p.severity(&s, words...).read(value)
				if len(p.errs) > before || id == "" {
					return
				}
				if *to == nil {
					*to = map[string]lint.Severity{}
				}
				(*to)[id] = s
			})
		},
	}
}

func ids(rules []*lint.Rule) []string {
	all := make([]string, len(rules))
	for i, r := range rules {
		all[i] = r.ID
	}
	return all
}
