package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// An action is a composite action of GitHub, as far as it is used here.
type action struct {
	Name, Description string
	Branding          map[string]string
	Inputs            map[string]struct{ Description, Default string }
	Outputs           map[string]struct{ Description, Value string }
	Runs              struct {
		Using string
		Steps []actionStep
	}
}

type actionStep struct {
	Name, ID, If, Uses, Shell, Run string
	With, Env                      map[string]string
}

func readAction(t *testing.T) *action {
	t.Helper()
	data, err := os.ReadFile(root + "action.yml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	a := new(action)
	if err := decoder.Decode(a); err != nil {
		t.Fatal(err)
	}
	return a
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// fill replaces the expressions in a value by the inputs that they name.
func (a *action) fill(t *testing.T, value string, with map[string]string) string {
	return expression.ReplaceAllStringFunc(value, func(found string) string {
		name, ok := strings.CutPrefix(expression.FindStringSubmatch(found)[1], "inputs.")
		input, known := a.Inputs[name]
		if !ok || !known {
			t.Fatalf("the runner of this test does not know %s", found)
		}
		if v, ok := with[name]; ok {
			return v
		}
		return input.Default
	})
}

// A jobRun is what came of the steps of an action.
type jobRun struct {
	out, summary string
	status       string // the output of the last step
	failed       bool
}

// run runs the steps that are scripts in a directory, as the runner of GitHub
// Actions does, with another one for what is temporary.
func (a *action) run(t *testing.T, dir, temp string, with map[string]string) (r jobRun) {
	t.Helper()
	at, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range a.Runs.Steps {
		if step.Uses != "" {
			if step.If == "" {
				t.Errorf("%s is used in any case", step.Uses)
			}
			continue // of what is on the machine already
		}
		if expression.MatchString(step.Run) {
			t.Errorf("step %q: an input could be a script here", step.Name)
		}
		output, summary := filepath.Join(temp, "output"), filepath.Join(temp, "summary")
		for _, path := range []string{output, summary} {
			if err := os.WriteFile(path, nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(step.Shell, "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+at, "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+summary)
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+a.fill(t, value, with))
		}
		out, err := cmd.CombinedOutput()
		r.out, r.failed = r.out+string(out), err != nil
		for path, to := range map[string]*string{output: &r.status, summary: &r.summary} {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			*to = strings.TrimSpace(string(data))
		}
		if r.failed {
			break
		}
	}
	return r
}

func TestAction(t *testing.T) {
	need(t, "bash", "go")
	t.Parallel()
	if testing.Short() {
		t.Skip("it builds the program anew")
	}
	a := readAction(t)
	if a.Runs.Using != "composite" {
		t.Fatalf("it runs %s", a.Runs.Using)
	}
	dir, temp := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"good/a b.log": "# excerpt\nC: NOOP\nS: 250 Ok\n",
		"bad/b.log":    "# excerpt\nC: NOOP\nS: 250 Ok\nS: 250 Ok\n",
	} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name    string
		with    map[string]string
		status  string
		out     string // in the log
		summary string // in the summary
	}{
		{"all", nil, "1", "::error ", "extra-reply"},
		{"what is good", map[string]string{"paths": "good/a b.log\n"}, "0", "", "no findings"},
		{"two paths, and flags", map[string]string{"paths": "good\nbad", "flags": "--severity=extra-reply=info\n\n--fail-on=warning\n"}, "0", "::notice ", "extra-reply"},
		{"short, without a summary", map[string]string{"paths": "bad", "format": "short", "summary": "false"}, "1", "\nbad/b.log:4:1: error: ", ""},
		{"short makes annotations, too", map[string]string{"paths": "bad", "format": "short"}, "1", "::add-matcher::", "extra-reply"},
		{"a wrong flag", map[string]string{"flags": "--no-such-flag"}, "2", "unknown flag", ""},
		{"nothing there", map[string]string{"paths": "none"}, "3", "none", ""},
		{"a script for a path", map[string]string{"paths": "$(touch owned)`touch owned`;touch owned"}, "3", "touch owned", ""},
		{"code scanning", map[string]string{"sarif": "smtplint.sarif"}, "1", "::error ", "extra-reply"},
	} {
		r := a.run(t, dir, temp, c.with)
		if r.status != "status="+c.status || r.failed != (c.status != "0") || !strings.Contains(r.out, c.out) || !strings.Contains(strings.ToLower(r.summary), c.summary) || c.summary == "" && c.with["summary"] == "false" && r.summary != "" {
			t.Errorf("%s: %s, failed: %v, summary %q, log\n%s", c.name, r.status, r.failed, r.summary, r.out)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
		t.Error("an input was run as a script")
	}
	if data, err := os.ReadFile(filepath.Join(dir, "smtplint.sarif")); err != nil || !json.Valid(data) {
		t.Errorf("the report for code scanning: %v", err)
	}
}

// shown is what smtplint writes to standard output.
func shown(args ...string) string {
	var out bytes.Buffer
	run(args, nil, &out, io.Discard)
	return out.String()
}

// TestProblemMatcher: what the matchers take from short output is what the
// findings say.
func TestProblemMatcher(t *testing.T) {
	data, err := os.ReadFile(root + ".github/problem-matcher.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		ProblemMatcher []struct {
			Owner, Severity string
			Pattern         []struct {
				Regexp                                      string
				File, Line, Column, Severity, Message, Code int
			}
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	capture, err := filepath.Abs(root + "transcripts/capture/testdata/barelf.pcap")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	const talk = "# excerpt\nC: VRFY bob\nS: 502 5.5.1 Not here\nC: AUTH PLAIN AGpvZQBodW50ZXIy\nS: 235 Ok\nC: NOOP\nS: 250 Ok\nS: 250 a:1:2: error: x [y-z]\n"
	if err := os.WriteFile("a:9:9 b.log", []byte(talk), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"--no-config", "--severity=extra-reply=warning", "--severity=vrfy-disabled-should-be-252=info", "a:9:9 b.log", capture}
	lines := strings.Split(strings.TrimSpace(shown(append([]string{"-f", "short"}, args...)...)), "\n")
	var want struct {
		Findings []struct {
			Path, Severity, Message, Rule string
			Line, Column, Packet          int
		}
	}
	if err := json.Unmarshal([]byte(shown(append([]string{"-f", "json"}, args...)...)), &want); err != nil {
		t.Fatal(err)
	}
	if len(lines) != len(want.Findings) || len(lines) < 3 {
		t.Fatalf("%d lines, %d findings", len(lines), len(want.Findings))
	}
	levels := map[string]string{"error": "error", "warning": "warning", "info": "notice"}
	seen, packets := map[string]bool{}, 0
	for i, line := range lines {
		w := want.Findings[i]
		at, column := fmt.Sprint(w.Line), fmt.Sprint(w.Column)
		if w.Packet > 0 {
			at, column = "", "" // a capture has none
			packets++
		}
		wanted := []string{w.Path, at, column, levels[w.Severity], w.Message, w.Rule}
		var got [][]string
		for _, m := range file.ProblemMatcher {
			p := m.Pattern[0]
			found := regexp.MustCompile(p.Regexp).FindStringSubmatch(line)
			if found == nil {
				continue
			}
			level := m.Severity
			if p.Severity > 0 {
				level = found[p.Severity]
			}
			got = append(got, []string{found[p.File], found[p.Line], found[p.Column], level, found[p.Message], found[p.Code]})
			seen[level] = true
		}
		if d := cmp.Diff([][]string{wanted}, got); d != "" {
			t.Errorf("%s\n%s", line, d)
		}
	}
	if len(seen) != 3 || packets == 0 {
		t.Errorf("not all was tried: %v, %d packets", seen, packets)
	}
}
