package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/rules"
)

// snippet reads one of the files that init writes.
func snippet(t *testing.T, name string) []byte {
	t.Helper()
	data, err := snippets.ReadFile("snippets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestConfigurationToBeginWith takes the comments off: what is left must be
// right, and show all that there is.
func TestConfigurationToBeginWith(t *testing.T) {
	text := snippet(t, "smtplint.yaml")
	if _, err := config.Parse(config.Name, text, rules.All); err != nil {
		t.Error(err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if setting, ok := strings.CutPrefix(line, "#"); ok && setting != "\n" && !strings.HasPrefix(setting, " ") {
			line = setting // a key
		} else if setting, ok := strings.CutPrefix(line, "#  "); ok && len(lines) > 0 && !strings.HasPrefix(lines[len(lines)-1], "#") && strings.TrimSpace(lines[len(lines)-1]) != "" {
			line = "  " + setting // and what belongs to it
		}
		lines = append(lines, line)
	}
	c, err := config.Parse(config.Name, []byte(strings.Join(lines, "")), rules.All)
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(lines, ""))
	}
	if len(c.Profiles) == 0 || c.Side == "" || c.FailOn == "" || len(c.Exclude) == 0 || len(c.Severities) == 0 ||
		len(c.Overrides) == 0 || c.Overrides[0].Format == nil || len(c.Overrides[0].Severities) == 0 ||
		len(c.Ignore) == 0 || len(c.Custom) == 0 || len(c.Custom[0].Examples) != 2 {
		t.Errorf("something is not shown: %+v", c)
	}
	data, err := config.Schema(rules.All)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct{ Properties map[string]any }
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for name := range schema.Properties {
		if !strings.Contains(string(text), "\n#"+name+":") {
			t.Errorf("%s is not shown", name)
		}
	}
}

// TestReleaseToBeginWith: the snippets name the release that wrote them.
func TestReleaseToBeginWith(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.3": "v1.2.3", "devel": firstRelease, "v1.2.3-0.20260101000000-abcdefabcdef": firstRelease, "v1.2.3+dirty": firstRelease,
	} {
		if got := release(version); got != want {
			t.Errorf("release(%q) = %q, want %q", version, got, want)
		}
	}
	for _, name := range []string{"github.yml", "gitlab.yml", "pre-commit.yaml"} {
		if !bytes.Contains(snippet(t, name), []byte(firstRelease)) {
			t.Errorf("%s names no release", name)
		}
	}
}

// TestGitLabJob runs what the job runs, and looks for the reports that it keeps.
func TestGitLabJob(t *testing.T) {
	var ci struct {
		Smtplint struct {
			Image     string
			Script    []string
			Artifacts struct {
				When    string
				Reports struct{ Codequality, Junit string }
			}
		}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(snippet(t, "gitlab.yml")))
	decoder.KnownFields(true)
	if err := decoder.Decode(&ci); err != nil {
		t.Fatal(err)
	}
	job := ci.Smtplint
	mod, err := os.ReadFile(root + "go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if needs := regexp.MustCompile(`(?m)^go (1\.\d+)`).FindSubmatch(mod); needs == nil || job.Image != "golang:"+string(needs[1]) {
		t.Errorf("the image is %s, go.mod says %q", job.Image, needs)
	}
	if len(job.Script) != 2 || !strings.HasPrefix(job.Script[0], "go install github.com/smtplint/smtplint/cmd/smtplint@") || job.Artifacts.When != "always" {
		t.Fatalf("%+v", job)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.log", []byte("# excerpt\nC: NOOP\nS: 250 Ok\nS: 250 Ok\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	words := strings.Fields(job.Script[1])
	if status := run(words[1:], nil, &out, &errs); words[0] != program || status != exitFindings {
		t.Fatalf("%s: status %d, %s", job.Script[1], status, errs.String())
	}
	for _, path := range []string{job.Artifacts.Reports.Codequality, job.Artifacts.Reports.Junit} {
		if data, err := os.ReadFile(path); err != nil || !bytes.Contains(data, []byte("extra-reply")) {
			t.Errorf("%s: %v, %s", path, err, data)
		}
	}
}

// TestWorkflow: the workflow gives the action inputs that it has.
func TestWorkflow(t *testing.T) {
	var workflow struct {
		Name        string
		On          map[string]any
		Permissions map[string]string
		Jobs        map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Steps  []struct {
				Uses string
				With map[string]string
			}
		}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(snippet(t, "github.yml")))
	decoder.KnownFields(true)
	if err := decoder.Decode(&workflow); err != nil {
		t.Fatal(err)
	}
	steps := workflow.Jobs["smtplint"].Steps
	if len(steps) != 2 || steps[1].Uses != "smtplint/smtplint@"+firstRelease {
		t.Fatalf("%+v", steps)
	}
	action := readAction(t)
	for name := range steps[1].With {
		if _, ok := action.Inputs[name]; !ok {
			t.Errorf("the action has no input %s", name)
		}
	}
}

// TestHooks: what init writes for pre-commit names hooks that there are.
func TestHooks(t *testing.T) {
	var hooks []struct{ ID string }
	data, err := os.ReadFile(filepath.Join(root, ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, &hooks); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range hooks {
		ids = append(ids, h.ID)
	}
	if got := hooksIn(t, snippet(t, "pre-commit.yaml")); !slices.Equal(got, ids) {
		t.Errorf("hooks %v, want %v", got, ids)
	}
}
