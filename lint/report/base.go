package report

import (
	"path"
	"path/filepath"
	"strings"
)

// A Base is the directory that a CI service takes paths to be relative to: the
// top of the repository.
type Base struct {
	Root string // its absolute path; "" where there is none, and paths stay as they are
	Dir  string // the working directory as seen from Root, "" for Root itself
}

// Rel returns a path as the service knows it, with slashes. One outside Root
// stays as it is.
func (b Base) Rel(name string) string {
	if filepath.IsAbs(name) {
		if b.Root == "" {
			return filepath.ToSlash(name)
		}
		rel, err := filepath.Rel(b.Root, name)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return filepath.ToSlash(name)
		}
		return filepath.ToSlash(rel)
	}
	return path.Join(filepath.ToSlash(b.Dir), filepath.ToSlash(name))
}
