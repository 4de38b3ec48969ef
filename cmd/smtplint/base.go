package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"github.com/smtplint/smtplint/lint/report"
)

// base finds the top of the repository, which CI services take paths to be
// relative to: where the service says it is, else where the nearest .git is,
// else here.
func base() report.Base {
	here, err := os.Getwd()
	if err != nil {
		return report.Base{}
	}
	if root := cmp.Or(os.Getenv("GITHUB_WORKSPACE"), os.Getenv("CI_PROJECT_DIR")); root != "" {
		if dir, ok := within(root, here); ok {
			return report.Base{Root: root, Dir: dir}
		}
	}
	for root := here; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, ".git")); err == nil {
			dir, _ := within(root, here)
			return report.Base{Root: root, Dir: dir}
		}
		if root == filepath.Dir(root) {
			return report.Base{Root: here}
		}
	}
}

// within returns the path from root to dir, if dir is in it.
func within(root, dir string) (string, bool) {
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	if rel == "." {
		rel = ""
	}
	return rel, true
}
