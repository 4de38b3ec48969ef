// Package config reads .smtplint.yaml. It is the only importer of the YAML
// library.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"gopkg.in/yaml.v3"
)

// Name is the name of the configuration file.
const Name = ".smtplint.yaml"

// A Config is what a configuration file says.
type Config struct {
	Path    string   // "" where there is none
	Extends []string // names of profiles, the last one strongest
	Side    string
	FailOn  string
	Rules   map[string]lint.Severity
}

// Find returns the path of the configuration file nearest to dir: in it or
// above it, up to the root of the repository or of the file system. It is ""
// where there is none.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, Name)
		switch _, err := os.Stat(path); {
		case err == nil:
			return path, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return "", nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// Load reads a configuration file. All that is wrong with it is told at once,
// with line and column.
func Load(path string, known []*lint.Rule) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data, known)
}

// Parse reads a configuration; path is for its errors.
func Parse(path string, data []byte, known []*lint.Rule) (*Config, error) {
	c := &Config{Path: path, Rules: map[string]lint.Severity{}}
	p := parser{path: path, source: strings.Split(string(data), "\n")}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(doc.Content) == 0 {
		return c, nil
	}
	p.mapping(doc.Content[0], "the configuration", map[string]func(*yaml.Node){
		"extends": func(n *yaml.Node) { c.Extends = p.list(n, lint.ProfileNames()...) },
		"side":    func(n *yaml.Node) { c.Side = p.oneOf(n, "client", "server", "both") },
		"fail-on": func(n *yaml.Node) { c.FailOn = p.oneOf(n, "error", "warning", "info", "never") },
		"rules":   func(n *yaml.Node) { p.rules(n, c, known) },
	})
	return c, errors.Join(p.errs...)
}
