package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A scratch is a git repository for a test.
type scratch struct {
	t   *testing.T
	dir string
	env []string
}

func newScratch(t *testing.T, env ...string) *scratch {
	t.Helper()
	dir := t.TempDir()
	identity := []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com"}
	s := &scratch{t, dir, append(append(os.Environ(), identity...), env...)}
	s.must("git", "init", "-q")
	return s
}

// run runs a program in the repository.
func (s *scratch) run(name string, args ...string) (out string, ok bool) {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = s.dir, s.env
	data, err := cmd.CombinedOutput()
	return string(data), err == nil
}

func (s *scratch) must(name string, args ...string) string {
	s.t.Helper()
	out, ok := s.run(name, args...)
	if !ok {
		s.t.Fatalf("%s %s failed:\n%s", name, strings.Join(args, " "), out)
	}
	return strings.TrimSpace(out)
}

func (s *scratch) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// commit commits a file, and takes it back where that is refused.
func (s *scratch) commit(name, text string) (out string, ok bool) {
	s.t.Helper()
	s.write(name, text)
	s.must("git", "add", "-A")
	if out, ok = s.run("git", "commit", "-q", "-m", "x"); !ok {
		s.must("git", "rm", "-q", "-f", name)
	}
	return out, ok
}

// need skips a test where a program is not installed.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("there is no %s", p)
		}
	}
}

// shipped makes a repository of what the hooks are built from.
func shipped(t *testing.T) *scratch {
	t.Helper()
	repo := newScratch(t)
	take := func(path string) {
		data, err := os.ReadFile(root + path)
		if err != nil {
			t.Fatal(err)
		}
		repo.write(path, string(data))
	}
	take("go.mod")
	take("go.sum")
	take(".pre-commit-hooks.yaml")
	for _, dir := range []string{"cmd", "lint", "rules", "transcripts"} {
		err := filepath.WalkDir(root+dir, func(path string, d os.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return filepath.SkipDir
			case !d.IsDir() && !strings.HasSuffix(path, "_test.go"):
				take(filepath.ToSlash(strings.TrimPrefix(path, root)))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	repo.must("git", "add", "-A")
	repo.must("git", "commit", "-q", "-m", "x")
	return repo
}

// TestPreCommit has the real pre-commit install the hooks from a repository, as
// it does for everybody, and commits what they must refuse and what they must
// not.
func TestPreCommit(t *testing.T) {
	need(t, "git", "go", "pre-commit")
	t.Parallel()
	if testing.Short() {
		t.Skip("it builds the program anew")
	}
	hooks := shipped(t)
	modules, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	s := newScratch(t, "PRE_COMMIT_HOME="+t.TempDir(), "GOMODCACHE="+strings.TrimSpace(string(modules)))
	s.write(".pre-commit-config.yaml", "repos:\n  - repo: file://"+filepath.ToSlash(hooks.dir)+"\n    rev: "+hooks.must("git", "rev-parse", "HEAD")+
		"\n    hooks: [{id: smtplint}, {id: smtplint-secrets}, {id: smtplint-config}]\n")
	s.must("pre-commit", "install", "--install-hooks")

	const clean = "# excerpt\nC: NOOP\nS: 250 Ok\n"
	const bad = clean + "S: 250 Ok\n"
	const secret = "# excerpt\nC: AUTH PLAIN AGpvZQBodW50ZXIy\nS: 235 2.7.0 Ok\n"
	for _, c := range []struct {
		name, file, text string
		want             string // "" where the commit must pass
	}{
		{"a clean recording", "a.smtp", clean, ""},
		{"a bad recording", "b.smtp.log", bad, "[extra-reply]"},
		{"what is named like a recording and is none", "c.smtp", "hello\n", "not recognised"},
		{"a bad recording by another name", "notes.txt", bad, ""},
		{"a wrong configuration", "sub/.smtplint.yaml", "sde: client\n", `.smtplint.yaml:1:1: unknown key "sde"`},
		{"a configuration", ".smtplint.yaml", "exclude: [vendor]\nrules: {extra-reply: off, credential-in-transcript: off}\nfail-on: never\n", ""},
		{"a bad recording that is configured away", "d.smtp", bad, ""},
		{"an excluded one", "vendor/e.smtp", secret, ""},
		{"a secret that is configured away", "f.smtp", secret, "[credential-in-transcript]"},
	} {
		out, ok := s.commit(c.file, c.text)
		if ok != (c.want == "") || !strings.Contains(out, c.want) {
			t.Errorf("%s: commit passed: %v, want %q in\n%s", c.name, ok, c.want, out)
		}
		if strings.Contains(out, "AGpvZQ") {
			t.Errorf("%s: the password is shown:\n%s", c.name, out)
		}
	}
}
