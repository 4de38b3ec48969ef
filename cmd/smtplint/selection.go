package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/files"
)

// selectionFlags say which files are linted.
type selectionFlags struct {
	Exclude      []string `sep:"none" placeholder:"GLOB" help:"Leave out files found in directories: a pattern as in .gitignore, relative to the working directory. May be given several times."`
	ForceExclude bool     `help:"Leave out files that are named, too, where --exclude or the configuration excludes them."`
	FilesFrom    string   `placeholder:"FILE" help:"Read paths from a file, one on each line, or separated by NUL; - is standard input."`
	AllowEmpty   bool     `help:"Do not fail where no recording is found."`
}

// selection gathers the inputs of a run.
type selection struct {
	*lintFlags
	stdin    io.Reader
	judging  *judging
	excludes []files.Pattern
	here     string // the working directory
	taken    map[string]bool
	inputs   []lint.Input
	spared   bool // something that was named is excluded
}

// gather finds all that is to be linted, in the order in which it is named;
// what is found in directories is sorted.
func (c *lintFlags) gather(s *streams, j *judging) (*selection, error) {
	sel := &selection{lintFlags: c, stdin: s.in, judging: j, here: j.here, taken: map[string]bool{}}
	for _, text := range c.Exclude {
		p, err := files.ParsePattern(text)
		if err != nil {
			return nil, usage("--exclude: %v", err)
		}
		sel.excludes = append(sel.excludes, p)
	}
	paths := c.Paths
	if c.FilesFrom != "" {
		listed, err := sel.listed()
		if err != nil {
			return nil, usage("--files-from: %v", err)
		}
		paths = append(paths, listed...)
	}
	for _, path := range paths {
		if err := sel.path(path); err != nil {
			return nil, err
		}
	}
	return sel, nil
}

// listed reads the paths of --files-from.
func (s *selection) listed() ([]string, error) {
	var data []byte
	var err error
	if s.FilesFrom == "-" {
		data, err = io.ReadAll(s.stdin)
	} else {
		data, err = os.ReadFile(s.FilesFrom)
	}
	sep := "\n"
	if bytes.IndexByte(data, 0) >= 0 {
		sep = "\x00"
	}
	var paths []string
	for path := range strings.SplitSeq(string(data), sep) {
		if path = strings.TrimSuffix(path, "\r"); path != "" {
			paths = append(paths, path)
		}
	}
	return paths, err
}

// path takes what was named: a file, a directory, a pattern or standard input.
func (s *selection) path(path string) error {
	if path == "-" {
		s.named(path)
		return nil
	}
	if files.Magic(path) {
		found, err := files.Glob(path)
		if err != nil {
			return usage("%v", err)
		}
		if len(found) == 0 {
			s.lost(path, fmt.Errorf("%s matches no file", path))
		}
		for _, f := range found {
			s.named(f)
		}
		return nil
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		w := files.Walker{Enter: s.enter, Dir: s.found, Failed: s.lost}
		w.Walk(path)
		return nil
	}
	s.named(path)
	return nil
}

// named takes a file that was named, or standard input. A file that tcpflow has
// written stands for the connection.
func (s *selection) named(path string) {
	if s.ForceExclude && s.excluded(s.nameOf(path)) {
		s.spared = true
		return
	}
	if flows := s.flowsAt(path); len(flows) > 0 {
		for _, in := range flows {
			s.take(in)
		}
		return
	}
	in := s.input(path, s.stdin)
	if hint := lint.DidYouMean(path, names()); hint != "" && !files.Exists(path) {
		s.lost(path, fmt.Errorf("there is no file %s%s Commands come first", path, strings.Replace(hint, "did you mean", "did you mean the command", 1)))
		return
	}
	s.take(in)
}

func (s *selection) nameOf(path string) string {
	if path == "-" {
		return s.StdinFilename
	}
	return path
}

// enter says what is excluded in a directory.
func (s *selection) enter(dir string) func(string, bool) bool {
	if conf := s.judging.configuration(s.abs(dir)); len(s.excludes) == 0 && len(conf.Exclude) == 0 {
		return nil
	}
	return func(path string, _ bool) bool { return s.excluded(path) }
}

// excluded reports whether a path is excluded by --exclude or the configuration.
func (s *selection) excluded(path string) bool {
	abs := s.abs(path)
	if rel, err := filepath.Rel(s.here, abs); err == nil && filepath.IsLocal(rel) {
		for i := range s.excludes {
			if s.excludes[i].Match(filepath.ToSlash(rel)) {
				return true
			}
		}
	}
	return s.judging.configuration(filepath.Dir(abs)).Excluded(abs)
}

func (s *selection) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(s.here, path)
}

// found takes the files of a directory.
func (s *selection) found(dir string, names []string) {
	rest := names
	if s.readsFlows() {
		rest = s.flows(dir, names)
	}
	for _, name := range rest {
		s.take(lint.Input{Path: filepath.Join(dir, name), Open: files.Open, Found: true})
	}
}

// take adds an input, unless it was taken before.
func (s *selection) take(in lint.Input) {
	if key := filepath.Clean(in.Path); !s.taken[key] {
		s.taken[key] = true
		s.judging.prepare(&in)
		s.inputs = append(s.inputs, in)
	}
}

// lost notes what was named and cannot be read.
func (s *selection) lost(path string, err error) {
	s.take(lint.Input{Path: path, Open: func(string) (io.ReadCloser, error) { return nil, err }})
}

// nothing says that no recording was found, unless that is allowed.
func (s *selection) nothing() error {
	if s.AllowEmpty || s.spared {
		return nil
	}
	return failure{exitUnread, fmt.Errorf("no recording found in %s", strings.Join(append(s.Paths, s.FilesFrom)[:max(1, len(s.Paths))], ", "))}
}
