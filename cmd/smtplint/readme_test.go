package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/rules"
)

// TestReadmeCanBePasted: every block of YAML in the README is a configuration
// without a mistake, a step with inputs that the action has, or a list of hooks
// that there are.
func TestReadmeCanBePasted(t *testing.T) {
	readme, err := os.ReadFile(root + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(readme), "\n```yaml\n")[1:]
	if len(blocks) != 3 {
		t.Errorf("%d blocks of YAML", len(blocks))
	}
	for _, block := range blocks {
		block, _, _ = strings.Cut(block, "```")
		switch {
		case strings.HasPrefix(block, "- uses: smtplint/smtplint@"):
			var steps []struct {
				Uses string
				With map[string]string
			}
			if err := yaml.Unmarshal([]byte(block), &steps); err != nil {
				t.Fatal(err)
			}
			for input := range steps[0].With {
				if _, ok := readAction(t).Inputs[input]; !ok {
					t.Errorf("the action has no input %s", input)
				}
			}
		case strings.HasPrefix(block, "repos:"):
			if got, want := hooksIn(t, []byte(block)), hooksIn(t, snippet(t, "pre-commit.yaml")); !slices.Equal(got, want) {
				t.Errorf("hooks %v, want %v", got, want)
			}
		default:
			if _, err := config.Parse("README.md", []byte(block), rules.All); err != nil {
				t.Error(err)
			}
		}
	}
}

// hooksIn are the names of the hooks in a configuration of pre-commit.
func hooksIn(t *testing.T, data []byte) (names []string) {
	t.Helper()
	var conf struct {
		Repos []struct{ Hooks []struct{ ID string } }
	}
	if err := yaml.Unmarshal(data, &conf); err != nil {
		t.Fatal(err)
	}
	for _, r := range conf.Repos {
		for _, h := range r.Hooks {
			names = append(names, h.ID)
		}
	}
	return names
}
