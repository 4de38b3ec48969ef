package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ignored is what the .gitignore files of a directory and of those above it
// leave out. The zero value leaves out nothing.
type ignored struct {
	above    *ignored
	dir      string // absolute; what patterns are relative to
	patterns []Pattern
}

// gitignore is the name of the files that git keeps its patterns in.
const gitignore = ".gitignore"

// with adds the .gitignore file of a directory, if it has one.
func (i *ignored) with(dir string) (*ignored, error) {
	data, err := os.ReadFile(filepath.Join(dir, gitignore))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(data) == 0:
		return i, nil
	case err != nil:
		return i, err
	}
	return &ignored{above: i, dir: dir, patterns: parseGitignore(string(data))}, nil
}

// parseGitignore reads the patterns of a .gitignore file. Like git, it passes
// over those that can match nothing.
func parseGitignore(text string) (patterns []Pattern) {
	for line := range strings.SplitSeq(strings.TrimPrefix(text, "\ufeff"), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.HasPrefix(line, "#") {
			continue
		}
		for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
			line = line[:len(line)-1]
		}
		if p, ok := parsePattern(line); ok {
			patterns = append(patterns, p)
		}
	}
	return patterns
}

// leavesOut reports whether a file or directory is ignored. The last pattern
// that matches decides, those of the nearest directory first.
func (i *ignored) leavesOut(path string, dir bool) bool {
	for ; i != nil; i = i.above {
		rel := filepath.ToSlash(strings.TrimPrefix(path[len(i.dir):], string(filepath.Separator)))
		for n := len(i.patterns) - 1; n >= 0; n-- {
			if p := &i.patterns[n]; p.matches(rel, dir) {
				return !p.negated
			}
		}
	}
	return false
}

// aboveDir gathers what the .gitignore files leave out from the root of the
// repository down to above dir, which is absolute. Outside a repository none
// above count.
func aboveDir(dir string) (*ignored, error) {
	root := repository(dir)
	if root == "" || root == dir {
		return nil, nil
	}
	i, err := (*ignored)(nil).with(root)
	rel, _ := filepath.Rel(root, filepath.Dir(dir))
	if rel == "." {
		return i, err
	}
	at := root
	for _, name := range strings.Split(rel, string(filepath.Separator)) {
		if err != nil {
			return nil, err
		}
		at = filepath.Join(at, name)
		i, err = i.with(at)
	}
	return i, err
}

// repository returns the root of the repository that a directory is in, or "".
func repository(dir string) string {
	for {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
