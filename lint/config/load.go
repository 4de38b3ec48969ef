package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"gopkg.in/yaml.v3"
)

// Load reads a configuration file and those that it extends. All that is wrong
// is told at once, with line and column.
func Load(path string, known []*lint.Rule) (*Config, error) {
	l := loader{known: known}
	c := l.load(path, nil)
	return c, l.err()
}

// Parse reads a configuration; path is for its errors, and what other paths in
// it are relative to.
func Parse(path string, data []byte, known []*lint.Rule) (*Config, error) {
	l := loader{known: known}
	c := l.parse(path, data, nil)
	return c, l.err()
}

// loader reads a configuration with all that it extends.
type loader struct {
	known []*lint.Rule
	errs  []*Fault
	bad   []string // the IDs of custom rules that are wrong
}

// A Fault is something wrong with a configuration.
type Fault struct {
	Path         string
	Line, Column int    // from 1; 0 where the file could not be read
	Message      string // one line
	Source       string // the line that it is about
}

func (f *Fault) Error() string {
	if f.Line == 0 {
		return f.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s\n    %s", f.Path, f.Line, f.Column, f.Message, f.Source)
}

func (l *loader) err() error {
	order := map[string]int{} // extended files first, as they were read
	for _, f := range l.errs {
		if _, seen := order[f.Path]; !seen {
			order[f.Path] = len(order)
		}
	}
	slices.SortStableFunc(l.errs, func(a, b *Fault) int {
		return cmp.Or(cmp.Compare(order[a.Path], order[b.Path]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var all []error
	for _, f := range l.errs {
		all = append(all, f)
	}
	return errors.Join(all...)
}

// load reads a file; from are the files that extend it.
func (l *loader) load(path string, from []string) *Config {
	data, err := os.ReadFile(path)
	if err != nil {
		l.errs = append(l.errs, &Fault{Path: path, Message: err.Error()})
		return &Config{}
	}
	return l.parse(path, data, from)
}

func (l *loader) parse(path string, data []byte, from []string) *Config {
	c := &Config{Path: path, Sources: []string{path}, Severities: map[string]lint.Severity{}}
	p := &parser{loader: l, path: path, from: append(slices.Clone(from), path), source: strings.Split(string(data), "\n")}
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		l.errs = append(l.errs, &Fault{Path: path, Message: err.Error()})
	}
	p.dir = dir
	doc := p.document(data)
	if doc == nil {
		return c
	}
	// What is extended comes first: the rest changes it. Then custom rules: the
	// rest may name them.
	p.first(doc, "extends", p.extends(c))
	p.first(doc, "custom", p.custom(c))
	p.object(doc, "the configuration", p.fields(c))
	return c
}

// first reads the value of one key of a mapping.
func (p *parser) first(doc *yaml.Node, name string, k kind) {
	for i := 0; i+1 < len(doc.Content) && doc.Kind == yaml.MappingNode; i += 2 {
		if doc.Content[i].Value == name && doc.Content[i+1].Kind != yaml.AliasNode {
			k.read(doc.Content[i+1])
			return
		}
	}
}

// document reads the one document of a file. It is nil where there is none.
func (p *parser) document(data []byte) *yaml.Node {
	var doc yaml.Node
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	if err := dec.Decode(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			p.syntax(err)
		}
		return nil
	}
	var more yaml.Node
	if dec.Decode(&more) == nil {
		p.fail(&more, "a configuration is one document; this is a second one")
	}
	if len(doc.Content) == 0 || isNull(doc.Content[0]) {
		return nil
	}
	return doc.Content[0]
}

// syntax tells what the YAML library says, where it says so.
func (p *parser) syntax(err error) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	at := &yaml.Node{Line: 1, Column: 1}
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if n, _ := fmt.Sscanf(rest, "%d: ", &at.Line); n == 1 {
			_, message, _ = strings.Cut(rest, ": ")
		}
	}
	p.fail(at, "this is no YAML: %s", message)
}

// extend reads what an entry of extends stands for.
func (p *parser) extend(c *Config, n *yaml.Node) {
	name := n.Value
	if profile := lint.FindProfile(name); profile != nil {
		profile.Set(p.known, c.Severities)
		profile.Hint(&c.Hints)
		c.Profiles = append(c.Profiles, name)
		return
	}
	if n.Kind != yaml.ScalarNode || !strings.ContainsAny(name, "/.") {
		p.fail(n, "%s must be one of %s, or the path of a file%s", said(n), strings.Join(lint.ProfileNames(), ", "), lint.DidYouMean(name, lint.ProfileNames()))
		return
	}
	path := filepath.FromSlash(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(p.path), path)
	}
	if at := slices.IndexFunc(p.from, func(f string) bool { return same(f, path) }); at >= 0 {
		p.fail(n, "it extends itself: %s", strings.Join(append(slices.Clone(p.from[at:]), path), " -> "))
		return
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		p.fail(n, "there is no file %s%s", path, lint.DidYouMean(name, lint.ProfileNames()))
		return
	}
	c.add(p.load(path, p.from))
}

func same(a, b string) bool {
	x, err := os.Stat(a)
	y, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(x, y)
}

// add takes over what an extended configuration says.
func (c *Config) add(base *Config) {
	c.Sources = append(slices.Clone(base.Sources), c.Sources...)
	c.Profiles = append(c.Profiles, base.Profiles...)
	c.Side, c.FailOn = cmp.Or(base.Side, c.Side), cmp.Or(base.FailOn, c.FailOn)
	c.Severities = merged(c.Severities, base.Severities)
	if c.Hints.Port == 0 {
		c.Hints.Port = base.Hints.Port
	}
	c.Hints.LMTP = c.Hints.LMTP || base.Hints.LMTP
	c.Exclude = append(c.Exclude, base.Exclude...)
	c.Overrides = append(c.Overrides, base.Overrides...)
	c.Ignore = append(c.Ignore, base.Ignore...)
	c.Custom = append(c.Custom, base.Custom...)
}
