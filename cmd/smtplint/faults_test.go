package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
)

const (
	faulty  = "S: 220 mx.example.org ESMTP\nC: RCPT TO:<b@example.org>\nS: 250 2.1.5 Ok\nC: QUIT\nS: 221 2.0.0 Bye\n"
	endless = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\n"
)

// TestReadErrors has a recording fail in the middle. What came before is
// judged, and the error is told.
func TestReadErrors(t *testing.T) {
	broken := errors.New("the disk is on fire")
	text := strings.Repeat(faulty, 5000)
	for _, at := range []int{0, 1, 40, 200, 70_000, len(text)} {
		for jobs := 1; jobs <= 2; jobs++ {
			in := lint.Input{Path: "x.log", Linter: lint.New(rules.All, lint.Settings{}), Options: lint.Options{Format: transcripts.Plain},
				Open: func(string) (io.ReadCloser, error) {
					return io.NopCloser(io.MultiReader(strings.NewReader(text[:at]), iotest.ErrReader(broken))), nil
				}}
			for f := range lint.Run([]lint.Input{in}, jobs) {
				status := "partial"
				if at < 40 {
					status = "failed"
				}
				if !errors.Is(f.Err, broken) || f.Status() != status {
					t.Errorf("broken at %d, %d jobs: %v, %s, want %s", at, jobs, f.Err, f.Status(), status)
				}
				if whole := at / len(faulty); f.Sessions < whole {
					t.Errorf("broken at %d, %d jobs: %d sessions, want %d", at, jobs, f.Sessions, whole)
				}
			}
		}
	}
}

// changing is a file whose size changes while it is read.
type changing struct {
	*os.File
	reads  int
	change func()
}

func (c *changing) Read(b []byte) (int, error) {
	if c.reads++; c.reads == 3 {
		c.change()
	}
	return c.File.Read(b[:min(len(b), 32<<10)])
}

// TestFilesThatChange truncates a recording, and makes one grow, while it is
// read. Files are read and never mapped, so that what is gone is merely missing.
func TestFilesThatChange(t *testing.T) {
	text := strings.Repeat(faulty, 5000)
	for name, change := range map[string]func(path string){
		"shrinks": func(path string) { os.Truncate(path, 1000) },
		"grows": func(path string) {
			file, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			file.WriteString(faulty)
			file.Close()
		},
	} {
		for jobs := 1; jobs <= 2; jobs++ {
			path := filepath.Join(t.TempDir(), "x.log")
			os.WriteFile(path, []byte(text), 0o666)
			in := lint.Input{Path: path, Linter: lint.New(rules.All, lint.Settings{}),
				Open: func(string) (io.ReadCloser, error) {
					file, err := os.Open(path)
					return &changing{File: file, change: func() { change(path) }}, err
				}}
			for f := range lint.Run([]lint.Input{in}, jobs) {
				most := 5000
				if name == "grows" {
					most = 5001
				} else if f.Sessions >= 5000 {
					t.Errorf("%s: %d sessions", name, f.Sessions)
				}
				if f.Err != nil || f.Sessions < 1 || f.Sessions > most || name == "grows" && f.Sessions != most {
					t.Errorf("%s: %v, %d sessions", name, f.Err, f.Sessions)
				}
			}
		}
	}
}

// TestDirectoriesWithoutPermission has a directory that may not be read among
// others.
func TestDirectoriesWithoutPermission(t *testing.T) {
	dir, err := os.MkdirTemp("", "smtplint") // others may enter it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir+"/closed", 0o755); os.RemoveAll(dir) })
	os.Chmod(dir, 0o755)
	os.Mkdir(dir+"/closed", 0o755)
	os.WriteFile(dir+"/closed/x.log", []byte(faulty), 0o644)
	os.WriteFile(dir+"/open.log", []byte(faulty), 0o644)
	os.Chmod(dir+"/closed", 0)
	program, err := exec.LookPath("smtplint")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--no-config", "-f", "short", ".")
	cmd.Dir = dir
	if os.Geteuid() == 0 { // to whom nothing is closed
		data, _ := os.ReadFile(program)
		os.WriteFile(dir+"/smtplint", data, 0o755)
		cmd.Path = dir + "/smtplint"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	out, _ := cmd.Output()
	if status := cmd.ProcessState.ExitCode(); status != 3 || !strings.Contains(string(out), "[rcpt-before-mail]") ||
		!strings.Contains(said.String(), "closed") || !strings.Contains(said.String(), "permission denied") {
		t.Errorf("status %d\n%s%s", status, out, said.String())
	}
}

// running starts the program with a pipe for its input, and gives it text.
func running(t *testing.T, dir, text string, args ...string) (cmd *exec.Cmd, in io.WriteCloser, out, said *bytes.Buffer) {
	t.Helper()
	out, said = new(bytes.Buffer), new(bytes.Buffer)
	cmd = exec.Command("smtplint", append([]string{"--no-config"}, args...)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, said
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	io.WriteString(in, text) // as far as the pipe's buffer reaches, it was read
	time.Sleep(200 * time.Millisecond)
	return cmd, in, out, said
}

// ends waits for the program, and returns its exit status.
func ends(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	timer := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	cmd.Wait()
	return cmd.ProcessState.ExitCode()
}

// TestInterrupted stops a run that waits for more. What was found is printed
// and marked, and no report is left that is not whole.
func TestInterrupted(t *testing.T) {
	text := strings.Repeat(faulty, 5000)
	for sig, status := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		dir := t.TempDir()
		os.WriteFile(dir+"/old.sarif", []byte("old"), 0o666)
		cmd, in, out, said := running(t, dir, text+endless, "-f", "json", "-o", "sarif:old.sarif", "-o", "html:new.html", "-")
		cmd.Process.Signal(sig)
		if got := ends(t, cmd); got != status {
			t.Errorf("%v: status %d, want %d: %s", sig, got, status, said)
		}
		in.Close()
		if !strings.Contains(said.String(), "interrupted") {
			t.Errorf("%v: %s", sig, said)
		}
		var report struct {
			Files    []struct{ Status, Error string }
			Findings []struct{ Rule string }
		}
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatalf("%v: %v\n%.300s", sig, err, out)
		}
		if len(report.Files) != 1 || report.Files[0].Status != "partial" || !strings.Contains(report.Files[0].Error, "interrupted") || len(report.Findings) < 1000 {
			t.Errorf("%v: %+v, %d findings", sig, report.Files, len(report.Findings))
		}
		names, _ := filepath.Glob(dir + "/*")
		hidden, _ := filepath.Glob(dir + "/.*")
		if old, _ := os.ReadFile(dir + "/old.sarif"); string(old) != "old" || len(names)+len(hidden) != 1 {
			t.Errorf("%v: %q in %v %v", sig, old, names, hidden)
		}
	}
}

// TestInterruptedBeforeAnything stops a run that has read nothing.
func TestInterruptedBeforeAnything(t *testing.T) {
	for patience := time.Duration(0); ; patience += time.Second {
		cmd, in, out, said := running(t, t.TempDir(), "", "-")
		time.Sleep(patience)
		cmd.Process.Signal(os.Interrupt)
		got := ends(t, cmd)
		in.Close()
		if got == -1 && patience < 5*time.Second {
			continue // it had hardly begun
		}
		if got != 130 || !strings.Contains(said.String(), "interrupted") {
			t.Errorf("status %d: %s%s", got, out, said)
		}
		return
	}
}

// TestClosedOutput has nobody listen on standard output: not from the start,
// or no longer. That is no error, and reports in files are completed.
func TestClosedOutput(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(dir+"/x.log", []byte(strings.Repeat(faulty, 5000)), 0o666)
	for _, script := range []string{
		"(smtplint --no-config -f short x.log; echo $? >status) | head -n 1",
		"(smtplint --no-config -f json x.log; echo $? >status) | head -c 10",
		"(smtplint --no-config -f short -o short:x.txt x.log; echo $? >status) | head -n 1",
		"smtplint --no-config x.log >&-; echo $? >status",
		"smtplint --no-config -o short:x.txt x.log >&-; echo $? >status",
		"smtplint --no-config x.log >&- 2>&-; echo $? >status",
		"(smtplint explain 250 354; echo $? >status) | head -n 1",
		"(smtplint rules --format json; echo $? >status) | head -n 1",
	} {
		os.Remove(dir + "/x.txt")
		cmd := exec.Command("sh", "-c", script)
		cmd.Dir = dir
		var said bytes.Buffer
		cmd.Stderr = &said
		cmd.Output()
		status, _ := os.ReadFile(dir + "/status")
		want := "1"
		if !strings.Contains(script, "x.log") {
			want = "0"
		}
		if got := strings.TrimSpace(string(status)); got != want || said.Len() > 0 {
			t.Errorf("%s: status %s, want %s: %s", script, got, want, said.String())
		}
		if data, _ := os.ReadFile(dir + "/x.txt"); strings.Contains(script, "x.txt") && strings.Count(string(data), "[rcpt-before-mail]") != 5000 {
			t.Errorf("%s: %d octets in the file", script, len(data))
		}
	}
	if data, _ := os.ReadFile(dir + "/x.log"); len(data) != 5000*len(faulty) {
		t.Errorf("the recording has %d octets now", len(data))
	}
}

// TestFullDisk has no room for a report in a file: the old one stays.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(dir+"/x.log", []byte(strings.Repeat(faulty, 500)), 0o666)
	os.WriteFile(dir+"/x.json", []byte("old"), 0o666)
	cmd := exec.Command("sh", "-c", "ulimit -f 8; exec smtplint --no-config -f none -o json:x.json x.log")
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.Run()
	names, _ := filepath.Glob(dir + "/.*")
	old, _ := os.ReadFile(dir + "/x.json")
	if status := cmd.ProcessState.ExitCode(); status != 3 || string(old) != "old" || len(names) > 0 || !strings.Contains(said.String(), "x.json was not written") {
		t.Errorf("status %d, %.20q, %v: %s", status, old, names, said.String())
	}
}

// TestCutWrapping has a compressed recording without its end.
func TestCutWrapping(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command("sh", "-c", "gzip -c x.log | head -c 2000 >x.gz; smtplint --no-config -f short x.gz")
	os.WriteFile(dir+"/x.log", []byte(numbered(5000)), 0o666)
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stderr = &said
	out, _ := cmd.Output()
	if status := cmd.ProcessState.ExitCode(); status != 3 || !strings.Contains(string(out), "[rcpt-before-mail]") || !strings.Contains(said.String(), "unexpected EOF") {
		t.Errorf("status %d: %.300s%s", status, out, said.String())
	}
}

// numbered is n sessions that are not the same.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(faulty, "b@", strings.Repeat("b", i%50)+string(rune('a'+i%26))+"@"))
	}
	return b.String()
}
