package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
)

var known = []*lint.Rule{{ID: "nested-mail"}, {ID: "extra-reply"}}

func TestParse(t *testing.T) {
	c, err := Parse("x", []byte("side: client\nfail-on: error\nrules:\n  nested-mail: off\n  extra-reply: info\n"), known)
	if err != nil {
		t.Fatal(err)
	}
	if c.Side != "client" || c.FailOn != "error" || c.Rules["nested-mail"] != lint.Off || c.Rules["extra-reply"] != lint.Info {
		t.Errorf("%+v", c)
	}
	if _, ok := c.Rules["nested-mail"]; !ok {
		t.Error("off is not the same as absent")
	}
	for name, in := range map[string]string{
		"x:1:10: \"strickt\" must be one of standard":  "extends: strickt\n",
		"x:1:17: \"\" must be one of standard":         "extends: [lmtp, {}]\n",
		"x:1:1: unknown key":                           "sde: client\n",
		"x:1:7: \"clent\" must be one of client":       "side: clent\n",
		"x:2:1: \"side\" is given twice":               "side: client\nside: server\n",
		"x:2:3: there is no rule \"nested-mial\"; did": "rules:\n  nested-mial: off\n",
		"x:2:16: \"lout\" must be one of off":          "rules:\n  nested-mail: lout\n",
		"x:1:8: rules must be a mapping":               "rules: [nested-mail]\n",
		"x:1:1: the configuration must be a mapping":   "- a\n",
		"x: yaml: line 1":                              "a: [\n",
	} {
		if _, err := Parse("x", []byte(in), known); err == nil || !strings.HasPrefix(err.Error(), name) {
			t.Errorf("%q: %v, want %s", in, err, name)
		}
	}
	for _, in := range []string{"extends: lmtp\n", "extends: [lmtp]\n"} {
		if c, err := Parse("x", []byte(in), known); err != nil || !slices.Equal(c.Extends, []string{"lmtp"}) {
			t.Errorf("%q: %v, %v", in, c, err)
		}
	}
	if c, err := Parse("x", nil, known); err != nil || len(c.Rules) != 0 {
		t.Errorf("an empty configuration: %+v, %v", c, err)
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "repo", "a", "b")
	if err := os.MkdirAll(filepath.Join(dir, "repo", ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(deep, 0o777); err != nil {
		t.Fatal(err)
	}
	write := func(path string) {
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(dir, Name)) // outside the repository
	if got, err := Find(deep); err != nil || got != "" {
		t.Errorf("found %q beyond the repository's root, %v", got, err)
	}
	want := filepath.Join(dir, "repo", "a", Name)
	write(want)
	if got, err := Find(deep); err != nil || got != want {
		t.Errorf("found %q, want %q, %v", got, want, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("side: client\nrules: {nested-mail: off}\n"))
	f.Fuzz(func(t *testing.T, data []byte) { Parse("x", data, known) })
}
