package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Walker goes through directories.
type Walker struct {
	// Enter is called before a directory is looked at. It returns what reports
	// whether a file or directory in it, as it would be named, is to be left out;
	// nil where none is.
	Enter func(dir string) func(path string, dir bool) bool

	// Dir is called for each directory with the files in it that are to be looked
	// at, sorted.
	Dir func(dir string, names []string)

	// Failed is called for a directory that cannot be read.
	Failed func(dir string, err error)
}

// Walk goes through a directory and those below it: without hidden ones, what
// .gitignore leaves out, what is no regular file, and symbolic links.
func (w *Walker) Walk(dir string) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		w.Failed(dir, err)
		return
	}
	above, err := aboveDir(abs)
	if err != nil {
		w.Failed(dir, err)
		return
	}
	w.walk(filepath.Clean(dir), abs, above)
}

func (w *Walker) walk(dir, abs string, out *ignored) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.Failed(dir, err)
		return
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == gitignore }) {
		if out, err = out.with(abs); err != nil {
			w.Failed(dir, err)
			return
		}
	}
	excluded := w.Enter(dir)
	names := make([]string, 0, len(entries))
	var below []string
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || !e.IsDir() && !e.Type().IsRegular() {
			continue
		}
		if out != nil && out.leavesOut(filepath.Join(abs, name), e.IsDir()) ||
			excluded != nil && excluded(filepath.Join(dir, name), e.IsDir()) {
			continue
		}
		if e.IsDir() {
			below = append(below, name)
		} else {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		w.Dir(dir, names)
	}
	for _, name := range below {
		w.walk(filepath.Join(dir, name), filepath.Join(abs, name), out)
	}
}

// Magic reports whether a path is a pattern rather than the name of a file.
func Magic(path string) bool {
	return strings.ContainsAny(path, "*?[") && !Exists(path)
}

// Exists reports whether there is something at a path, if only a broken link.
func Exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// Glob returns the files that a pattern matches, which a shell has not expanded:
// as in Pattern, but from where it begins. Hidden files and directories must be
// named.
func Glob(pattern string) ([]string, error) {
	base, rest := "", filepath.ToSlash(pattern)
	for {
		first, after, more := strings.Cut(rest, "/")
		if !more || strings.ContainsAny(first, "*?[") {
			break
		}
		base, rest = base+first+"/", after
	}
	p, err := ParsePattern("/" + rest)
	if err != nil {
		return nil, err
	}
	root := filepath.FromSlash(base)
	if root == "" {
		root = "."
	}
	depth := strings.Count(rest, "/")
	if strings.Contains(rest, "**") {
		depth = 1 << 30
	}
	var found []string
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		switch {
		case rel == ".":
			return err
		case err != nil, strings.HasPrefix(d.Name(), ".") && !strings.Contains(rest, "/.") && !strings.HasPrefix(rest, "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() && strings.Count(rel, "/") >= depth:
			return fs.SkipDir
		case d.Type().IsRegular() && p.matches(rel, false):
			found = append(found, path)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return found, err
}
