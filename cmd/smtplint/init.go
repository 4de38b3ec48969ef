package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/lint/files"
)

type initCmd struct {
	Github    bool `help:"Write a workflow for GitHub Actions: .github/workflows/smtplint.yml."`
	Gitlab    bool `help:"Write a job for GitLab CI: .gitlab-ci.yml."`
	PreCommit bool `help:"Write hooks for pre-commit: .pre-commit-config.yaml."`
	Print     bool `help:"Print instead of writing, to be put into a file that exists."`
	Force     bool `help:"Replace files that exist."`
}

// Help says what is written where.
func (c *initCmd) Help() string {
	return "Without flags it writes a configuration in which all is commented out, " + config.Name +
		", in the working directory. What the flags ask for is written at the root of the repository."
}

//go:embed snippets
var snippets embed.FS

// A starter is a file to begin with.
type starter struct {
	path string
	text string
}

func (c *initCmd) Run(s *streams) error {
	starters, err := c.wanted()
	if err != nil {
		return err
	}
	if c.Print {
		for _, f := range starters {
			if _, err := fmt.Fprint(s.out, f.text); err != nil {
				return closed(err)
			}
		}
		return nil
	}
	var taken []error
	for _, f := range starters {
		if !c.Force && files.Exists(f.path) {
			taken = append(taken, fmt.Errorf("%s exists; --print prints what would be written, --force replaces the file", f.path))
		}
	}
	if len(taken) > 0 {
		return failure{exitUsage, errors.Join(taken...)}
	}
	for _, f := range starters {
		if err := f.write(c.Force); err != nil {
			return failure{exitUsage, err}
		}
		if _, err := fmt.Fprintf(s.out, "wrote %s\n", f.path); err != nil {
			return closed(err)
		}
	}
	return nil
}

// wanted are the files that the flags ask for.
func (c *initCmd) wanted() ([]starter, error) {
	root, err := repository()
	if err != nil {
		return nil, err
	}
	var all []starter
	for _, f := range []struct {
		asked         bool
		path, snippet string
	}{
		{!c.Github && !c.Gitlab && !c.PreCommit, config.Name, "smtplint.yaml"},
		{c.Github, filepath.Join(root, ".github", "workflows", "smtplint.yml"), "github.yml"},
		{c.Gitlab, filepath.Join(root, ".gitlab-ci.yml"), "gitlab.yml"},
		{c.PreCommit, filepath.Join(root, ".pre-commit-config.yaml"), "pre-commit.yaml"},
	} {
		if !f.asked {
			continue
		}
		text, err := snippets.ReadFile("snippets/" + f.snippet)
		if err != nil {
			return nil, err
		}
		all = append(all, starter{f.path, strings.ReplaceAll(string(text), firstRelease, release(version()))})
	}
	return all, nil
}

// write writes the file; one that exists only by force.
func (f starter) write(force bool) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o777); err != nil {
		return err
	}
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	out, err := os.OpenFile(f.path, how, 0o666)
	if err != nil {
		return err
	}
	_, err = out.WriteString(f.text)
	return errors.Join(err, out.Close())
}

// repository is the root of the repository that the working directory is in,
// relative to it; the working directory where there is none.
func repository() (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := here; ; dir = filepath.Dir(dir) {
		_, err := os.Stat(filepath.Join(dir, ".git"))
		if err == nil {
			return filepath.Rel(here, dir)
		}
		if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return ".", nil
		}
	}
}

// firstRelease is the release that the snippets name.
const firstRelease = "v0.1.0"

// release is the release to be named for a version of the program: itself, if
// it is one.
func release(version string) string {
	if released := regexp.MustCompile(`^v\d+\.\d+\.\d+$`); released.MatchString(version) {
		return version
	}
	return firstRelease
}
