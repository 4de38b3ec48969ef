package files

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPattern(t *testing.T) {
	for _, c := range []struct{ pattern, matched, others string }{
		{"*.log", "a.log x/y/a.log a.log/inside", "a.logs log"},
		{"legacy", "legacy legacy/a x/legacy/a/b", "legacy2 x/alegacy"},
		{"legacy/", "legacy/a x/legacy/a/b", "legacy x/legacy"},
		{"legacy/**", "legacy/a legacy/a/b", "legacy x/legacy/a"},
		{"/a", "a a/b", "x/a"},
		{"./a/*.log", "a/b.log", "a/b/c.log x/a/b.log"},
		{"a/**/b", "a/b a/x/b a/x/y/b/z", "a/xb ab"},
		{"**/a/b", "a/b x/a/b a/a/b", "a/x/b b"},
		{"a/**/b/**/c", "a/b/c a/x/b/b/y/c", "a/c a/b/x"},
		{"?[a-c][!x]", "zby z/yb1", "zbx zdy by"},
		{`\*.log`, "*.log", "a.log"},
		{"a*b*c", "abc aXbbXc abcbc", "ab aXbX acb"},
		{"[]]x", "]x", "x"},
		{"é?", "éè", "é"},
		{"**", "a a/b", ""},
	} {
		p, err := ParsePattern(c.pattern)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, path := range strings.Fields(c.matched) {
			if !p.Match(path) {
				t.Errorf("%s does not match %s", c.pattern, path)
			}
		}
		for _, path := range strings.Fields(c.others) {
			if p.Match(path) {
				t.Errorf("%s matches %s", c.pattern, path)
			}
		}
	}
	for _, bad := range []string{"", "/", "[a", "a//b", `a\`, "!a", "x[!]"} {
		if _, err := ParsePattern(bad); err == nil {
			t.Errorf("%q is a pattern", bad)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("a/**/[x-z]*", "a/b/y")
	f.Add(`**/\[[]-a]?`, "[]é")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if p, err := ParsePattern(pattern); err == nil {
			p.Match(path)
		}
	})
}

// TestLikeGit compares what is walked through with what git does not ignore.
func TestLikeGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	pieces := []string{"a", "b", "*", "**", "a*", "?", "[ab]", "[!a]", "c.log", "*.log", `\a`}
	names := []string{"a", "b", "ab", "c.log", "ba"}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		root := t.TempDir()
		git(t, root, "init", "-q")
		for range 25 {
			var path []string
			for range 1 + r.IntN(4) {
				path = append(path, names[r.IntN(len(names))])
			}
			write(t, filepath.Join(root, filepath.Join(path...)), "")
		}
		var all []string
		for _, dir := range []string{"", "a", "b/a", "ab"} {
			var text strings.Builder
			for range r.IntN(4) {
				var path []string
				for range 1 + r.IntN(3) {
					path = append(path, pieces[r.IntN(len(pieces))])
				}
				fmt.Fprintf(&text, "%s%s%s%s\n", pick(r, "!"), pick(r, "/"), strings.Join(path, "/"), pick(r, "/"))
			}
			if info, err := os.Stat(filepath.Join(root, dir)); err == nil && info.IsDir() {
				write(t, filepath.Join(root, dir, gitignore), text.String())
				all = append(all, dir+": "+text.String())
			}
		}
		out := git(t, root, "ls-files", "-z", "--others", "--exclude-standard")
		want := slices.DeleteFunc(strings.Split(string(out), "\x00"), func(s string) bool { return s == "" || filepath.Base(s) == gitignore })
		slices.Sort(want)
		if got := walked(t, root, root); !slices.Equal(got, want) {
			t.Fatalf("seed %d, with %q:\ngot  %v\nwant %v", seed, all, got, want)
		}
	}
}

func pick(r *rand.Rand, s string) string {
	if r.IntN(4) == 0 {
		return s
	}
	return ""
}

func git(t *testing.T, dir string, args ...string) []byte {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "XDG_CONFIG_HOME=/nowhere", "HOME=/nowhere")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %v: %v: %s", args, err, &errs)
	}
	return out
}

// write makes a file unless there is a directory in its place, or a file in the
// place of one of its directories.
func write(t *testing.T, path, text string) {
	os.MkdirAll(filepath.Dir(path), 0o777)
	os.WriteFile(path, []byte(text), 0o666)
}

// walked lists the files found below dir, relative to root.
func walked(t *testing.T, root, dir string) (all []string) {
	w := Walker{
		Enter: func(string) func(string, bool) bool { return nil },
		Dir: func(dir string, names []string) {
			for _, name := range names {
				rel, _ := filepath.Rel(root, filepath.Join(dir, name))
				all = append(all, filepath.ToSlash(rel))
			}
		},
		Failed: func(dir string, err error) { t.Error(dir, err) },
	}
	w.Walk(dir)
	slices.Sort(all)
	return all
}

func TestWalk(t *testing.T) {
	root := t.TempDir()
	os.Mkdir(filepath.Join(root, ".git"), 0o777)
	for _, path := range []string{"a.log", "sub/b.log", "sub/deep/c.log", ".hidden/d.log", ".e.log", "out/f.log", "sub/kept.tmp", "g.tmp"} {
		write(t, filepath.Join(root, path), "")
	}
	os.Symlink(filepath.Join(root, "a.log"), filepath.Join(root, "link.log"))
	write(t, filepath.Join(root, gitignore), "out/\n*.tmp\n")
	write(t, filepath.Join(root, "sub", gitignore), "!kept.tmp\n")
	if got, want := walked(t, root, root), []string{"a.log", "sub/b.log", "sub/deep/c.log", "sub/kept.tmp"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// What is above the directory that was named counts as well.
	write(t, filepath.Join(root, "sub/deep/h.tmp"), "")
	if got, want := walked(t, root, filepath.Join(root, "sub/deep")), []string{"sub/deep/c.log"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// What was named is looked at, even if it is ignored.
	if got, want := walked(t, root, filepath.Join(root, "out")), []string{"out/f.log"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestGlob(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, path := range []string{"a.log", "logs/b.log", "logs/deep/c.log", "logs/.h/d.log", "logs/e.txt", ".f.log"} {
		write(t, path, "")
	}
	for pattern, want := range map[string]string{
		"*.log":         "a.log",
		"logs/*.log":    "logs/b.log",
		"logs/**":       "logs/b.log logs/deep/c.log logs/e.txt",
		"**/*.log":      "a.log logs/b.log logs/deep/c.log",
		"./logs/*/?.*":  "logs/deep/c.log",
		"logs/.h/*.log": "logs/.h/d.log",
		"no*thing":      "",
		"none/*.log":    "",
	} {
		got, err := Glob(filepath.FromSlash(pattern))
		if err != nil || filepath.ToSlash(strings.Join(got, " ")) != want {
			t.Errorf("%s: %v, %v, want %s", pattern, got, err, want)
		}
	}
	write(t, "odd[1].log", "")
	for path, want := range map[string]bool{"odd[1].log": false, "odd[2].log": true, "a.log": false, "*.log": true} {
		if Magic(path) != want {
			t.Errorf("Magic(%s) is not %v", path, want)
		}
	}
}
