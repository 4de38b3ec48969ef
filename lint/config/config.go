// Package config reads .smtplint.yaml. It is the only importer of the YAML
// library.
package config

import (
	"cmp"
	"path/filepath"
	"slices"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/files"
	"github.com/smtplint/smtplint/transcripts"
)

// Name is the name of the configuration file.
const Name = ".smtplint.yaml"

// A Config is what a configuration file says, with all that it extends. The
// zero value says nothing.
type Config struct {
	Path       string   // "" where there is none
	Sources    []string // the files that were read, those that are extended first
	Profiles   []string // in the order in which they were extended
	Side       string
	FailOn     string
	Severities map[string]lint.Severity // by rule ID
	Hints      transcripts.Hints        // from profiles
	Exclude    []Globs
	Overrides  []Override
	Ignore     []Ignore
	Custom     []*lint.Rule
}

// Globs are patterns for files, relative to a directory.
type Globs struct {
	Dir      string // absolute
	Patterns []Glob
}

// A Glob is a pattern, and how it was written.
type Glob struct {
	files.Pattern
	Text string
}

// Match reports whether one of the patterns matches a path, which is absolute.
func (g *Globs) Match(path string) bool {
	rel, err := filepath.Rel(g.Dir, path)
	if err != nil || !filepath.IsLocal(rel) {
		return false
	}
	rel = filepath.ToSlash(rel)
	return slices.ContainsFunc(g.Patterns, func(p Glob) bool { return p.Match(rel) })
}

// An Override changes settings for some files.
type Override struct {
	Files      Globs
	Format     *transcripts.Format // nil: recognise it
	Severities map[string]lint.Severity
}

// An Ignore suppresses the findings of a rule in some files.
type Ignore struct {
	Rule   string
	Files  Globs // without patterns: everywhere
	Reason string
}

// Rules lists the rules that there are: those known, and custom ones.
func (c *Config) Rules(known []*lint.Rule) []*lint.Rule { return slices.Concat(known, c.Custom) }

// Excluded reports whether a file or directory is left out where it is found
// rather than named.
func (c *Config) Excluded(path string) bool {
	return slices.ContainsFunc(c.Exclude, func(g Globs) bool { return g.Match(path) })
}

// A Manner is what a configuration says of one recording.
type Manner struct {
	*Config
	Format     *transcripts.Format // nil: recognise it
	Severities map[string]lint.Severity
	Ignored    map[string]string // by rule ID: the reason
}

// For returns what the configuration says of a recording, whose path is
// absolute. Those with the same key are treated alike.
func (c *Config) For(path string) (m Manner, key string) {
	m = Manner{Config: c, Severities: c.Severities}
	var marks []byte
	own := false
	for i := range c.Overrides {
		o := &c.Overrides[i]
		if !o.Files.Match(path) {
			continue
		}
		marks = append(marks, 'o', byte(i), byte(i>>8))
		m.Format = cmp.Or(o.Format, m.Format)
		if !own {
			own, m.Severities = true, merged(m.Severities)
		}
		for id, s := range o.Severities {
			m.Severities[id] = s
		}
	}
	for i := range c.Ignore {
		n := &c.Ignore[i]
		if len(n.Files.Patterns) > 0 && !n.Files.Match(path) {
			continue
		}
		marks = append(marks, 'i', byte(i), byte(i>>8))
		if m.Ignored == nil {
			m.Ignored = map[string]string{}
		}
		m.Ignored[n.Rule] = n.Reason
	}
	return m, string(marks)
}

func merged(all ...map[string]lint.Severity) map[string]lint.Severity {
	m := map[string]lint.Severity{}
	for _, a := range all {
		for id, s := range a {
			m[id] = s
		}
	}
	return m
}
