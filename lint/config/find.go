package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/smtplint/smtplint/lint"
)

// A Finder finds the configuration of recordings: the nearest file from their
// directory upward, up to the root of the repository or of the file system.
// Each file is read once.
type Finder struct {
	known []*lint.Rule
	dirs  map[string]*Config
	errs  []error // of the files read so far
}

// NewFinder makes a Finder; known are the rules that there are without custom
// ones.
func NewFinder(known []*lint.Rule) *Finder {
	return &Finder{known: known, dirs: map[string]*Config{}}
}

// In returns the configuration for a directory, whose path is absolute. It is
// never nil. What is wrong with it is told by Err.
func (f *Finder) In(dir string) *Config {
	if c := f.dirs[dir]; c != nil {
		return c
	}
	c := f.find(dir)
	f.dirs[dir] = c
	return c
}

// Err is all that is wrong with the configurations that were found.
func (f *Finder) Err() error { return errors.Join(f.errs...) }

func (f *Finder) find(dir string) *Config {
	path := filepath.Join(dir, Name)
	_, err := os.Stat(path)
	switch {
	case err == nil:
		c, err := Load(shorter(path), f.known)
		if err != nil {
			f.errs = append(f.errs, err)
		}
		return c
	case !errors.Is(err, fs.ErrNotExist):
		f.errs = append(f.errs, err)
		return &Config{}
	}
	if other := filepath.Join(dir, misnamed); exists(other) {
		f.errs = append(f.errs, fmt.Errorf("%s is not read: the configuration must be called %s", shorter(other), Name))
	}
	if exists(filepath.Join(dir, ".git")) {
		return &Config{}
	}
	parent := filepath.Dir(dir)
	if parent == dir {
		return &Config{}
	}
	return f.In(parent)
}

// misnamed is how some would call the configuration. It must not be passed over
// in silence.
const misnamed = ".smtplint.yml"

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// shorter names a path relative to the working directory where it is below it.
func shorter(path string) string {
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return path
}
