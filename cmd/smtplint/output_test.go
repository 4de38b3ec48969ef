package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report"
)

// TestReplacement: a file is replaced whole, or not at all, and nothing else is
// left in its directory.
func TestReplacement(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(*replacement) error
		want string
		fail bool
	}{
		{"used", func(r *replacement) error { return r.end(true) }, "new", false},
		{"abandoned", func(r *replacement) error { return r.end(false) }, "old", false},
		{"abandoned once it is used", func(r *replacement) error { return errors.Join(r.end(true), r.end(false)) }, "new", false},
		{"cut off by the disk", func(r *replacement) error { r.file.Close(); return r.end(true) }, "old", true},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "report")
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := replace(path)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(r, "new")
		if err := c.end(r); (err != nil) != c.fail {
			t.Errorf("%s: %v", c.name, err)
		}
		if got, _ := os.ReadFile(path); string(got) != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 1 {
			t.Errorf("%s: %v are left", c.name, entries)
		}
		if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v", c.name, info.Mode())
		}
	}
}

// failing is a report that cannot be written.
type failing struct{ left int }

func (f *failing) File(*lint.File) error {
	if f.left--; f.left < 0 {
		return io.ErrShortWrite
	}
	return nil
}

func (*failing) Close(report.Total) error { return nil }

// TestOutputsGoOn: a report that fails does not stop the others, and a run
// stops only when none is left.
func TestOutputsGoOn(t *testing.T) {
	o := &outputs{all: []*output{{Writer: &failing{1}, name: "a"}, {Writer: &failing{2}, name: "b"}}}
	for i, want := range []error{nil, nil, errUnwritten} {
		if err := o.File(&lint.File{}); err != want {
			t.Errorf("file %d: %v, want %v", i, err, want)
		}
	}
	if err := o.Close(report.Total{}); err == nil || strings.Count(err.Error(), "was not written") != 2 {
		t.Errorf("%v", err)
	}
}

// slow is a recording that is read for a while.
type slow struct{ left int }

func (s *slow) Read(p []byte) (int, error) {
	if s.left--; s.left < 0 {
		return 0, io.EOF
	}
	time.Sleep(10 * time.Millisecond)
	return copy(p, "0123456789"), nil
}

func (*slow) Close() error { return nil }

// TestProgress: the line comes when the work lasts, tells what was read, and is
// gone when something else is written, and at the end.
func TestProgress(t *testing.T) {
	var screen guarded
	p := &progress{out: &screen, files: 3, end: make(chan struct{})}
	src := &counted{&slow{3}, p}
	io.Copy(io.Discard, src)
	p.mu.Lock()
	p.size = 2 << 30
	p.show()
	p.mu.Unlock()
	p.pause()
	p.resume()
	p.mu.Lock()
	p.show()
	p.mu.Unlock()
	p.stop()
	const want = "\r\x1b[Kread 0.0 MiB of 2.00 GiB, 0 of 3 recordings done\r\x1b[K" +
		"\r\x1b[Kread 0.0 MiB of 2.00 GiB, 1 of 3 recordings done\r\x1b[K"
	if got := screen.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if n := p.octets.Load(); n != 30 {
		t.Errorf("%d octets", n)
	}
}

// TestProgressIsPatient: short work is done without a word.
func TestProgressIsPatient(t *testing.T) {
	var screen guarded
	p := &progress{out: &screen, end: make(chan struct{})}
	done := make(chan struct{})
	go func() { p.run(nil); close(done) }()
	p.stop()
	<-done
	if screen.String() != "" {
		t.Errorf("%q", screen.String())
	}
}

// guarded is a screen that several may write to.
type guarded struct {
	mu sync.Mutex
	bytes.Buffer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.Buffer.Write(p)
}

// TestColored: the flag, then NO_COLOR, then what forces colours, then whether
// there is a terminal that shows them and somebody who wants them.
func TestColored(t *testing.T) {
	for _, c := range []struct {
		flag     string
		env      string
		terminal bool
		want     bool
	}{
		{"auto", "", false, false},
		{"auto", "", true, true},
		{"auto", "TERM=dumb", true, false},
		{"auto", "CLICOLOR=0", true, false},
		{"auto", "CLICOLOR=1", true, true},
		{"auto", "CLICOLOR=1", false, false},
		{"auto", "NO_COLOR=1", true, false},
		{"auto", "NO_COLOR=", true, true},
		{"always", "", false, true},
		{"always", "NO_COLOR=1 TERM=dumb", false, true},
		{"never", "FORCE_COLOR=1", true, false},
		{"auto", "FORCE_COLOR=1", false, true},
		{"auto", "FORCE_COLOR=1 TERM=dumb", false, true},
		{"auto", "FORCE_COLOR=", false, false},
		{"auto", "CLICOLOR_FORCE=1", false, true},
		{"auto", "CLICOLOR_FORCE=0", false, false},
		{"auto", "CLICOLOR_FORCE=1 NO_COLOR=1", false, false},
		{"auto", "FORCE_COLOR=1 NO_COLOR=1", true, false},
		{"auto", "FORCE_COLOR=1 NO_COLOR=", false, true},
	} {
		t.Run(c.flag+" "+c.env, func(t *testing.T) {
			t.Setenv("TERM", "xterm")
			for _, name := range []string{"NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR"} {
				t.Setenv(name, "")
			}
			for _, set := range strings.Fields(c.env) {
				name, value, _ := strings.Cut(set, "=")
				t.Setenv(name, value)
			}
			if got := colored(c.flag, c.terminal); got != c.want {
				t.Errorf("%v with a terminal %v, want %v", got, c.terminal, c.want)
			}
		})
	}
}

// TestWidth: COLUMNS, else 80 where there is no terminal to ask.
func TestWidth(t *testing.T) {
	for env, want := range map[string]int{"": 80, "100": 100, "0": 80, "-1": 80, "wide": 80} {
		t.Setenv("COLUMNS", env)
		if got := columns(io.Discard); got != want {
			t.Errorf("COLUMNS=%s: %d, want %d", env, got, want)
		}
	}
}

// TestBase: paths are seen from where the CI service says that the repository
// is, if that is around us, else from the nearest .git.
func TestBase(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "repo/.git"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "repo/a/b"), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "repo/a/b"))
	for _, c := range []struct {
		env  string
		want report.Base
	}{
		{"", report.Base{Root: filepath.Join(root, "repo"), Dir: filepath.Join("a", "b")}},
		{filepath.Join(root, "repo/a"), report.Base{Root: filepath.Join(root, "repo/a"), Dir: "b"}},
		{filepath.Join(root, "elsewhere"), report.Base{Root: filepath.Join(root, "repo"), Dir: filepath.Join("a", "b")}},
	} {
		t.Setenv("GITHUB_WORKSPACE", c.env)
		t.Setenv("CI_PROJECT_DIR", "")
		if got := base(); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.env, got, c.want)
		}
	}
}
