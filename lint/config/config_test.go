package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
)

var known = []*lint.Rule{
	{ID: "extra-reply", Title: "Extra", Area: lint.Reply, Severity: lint.Error, Default: true},
	{ID: "nested-mail", Title: "Nested", Area: lint.Session, Severity: lint.Warning},
}

const everything = `
extends: [submission]
side: client
fail-on: error
exclude: ["third_party/**"]
rules: # custom rules may be named before they are made
  nested-mail: off
  acme-auth-plain: warning
overrides:
  - files: ["legacy/**", "*.old"]
    format: exim
    rules: {nested-mail: error}
  - files: legacy/new/
    rules: {extra-reply: off}
ignore:
  - {rule: extra-reply, files: ["fuzz/**"], reason: "broken on purpose"}
  - rule: nested-mail
    reason: known
custom:
  - id: acme-auth-plain
    title: AUTH PLAIN without TLS
    severity: error
    side: client
    doc: Company policy 12.
    help: use TLS
    find:   {verb: AUTH, args: '(?i)^PLAIN\b', secure: false}
    unless: {before: {verb: STARTTLS, reply: 220}}
    say: 'AUTH {args} in the clear'
    examples:
      bad: |
        # tls: off
        S: 220 mx
        C: AUTH PLAIN dGVzdA==
        S: 235 Welcome
      good: |
        C: QUIT
        S: 221 Bye
  - id: acme-all-conditions
    title: All that can be asked
    side: server
    find:
      kind: [ordered, content]
      text: .
      reply: [250, 4yz, 5xx]
      reply-text: Ok
      authenticated: true
      hello: [EHLO, none]
      port: [25, 587]
      offers: STARTTLS
      lacks: [PIPELINING]
      after: {verb: QUIT}
`

func TestParse(t *testing.T) {
	dir := t.TempDir()
	c, err := Parse(filepath.Join(dir, Name), []byte(everything), known)
	if err != nil {
		t.Fatal(err)
	}
	if c.Side != "client" || c.FailOn != "error" || c.Hints.Port != 587 || !slices.Equal(c.Profiles, []string{"submission"}) {
		t.Errorf("%+v", c)
	}
	for id, want := range map[string]lint.Severity{"nested-mail": lint.Off, "acme-auth-plain": lint.Warning, "postmaster-rejected": lint.Off} {
		if got, ok := c.Severities[id]; !ok || got != want {
			t.Errorf("%s: %v, %v, want %v", id, got, ok, want)
		}
	}
	if !c.Excluded(filepath.Join(dir, "third_party/a/b.log")) || c.Excluded(filepath.Join(dir, "a.log")) || c.Excluded("/elsewhere/third_party/a") {
		t.Error("what is excluded is wrong")
	}
	for path, want := range map[string]string{
		"a.log":            "off default, ignored known",
		"legacy/a.log":     "error default, exim, ignored known",
		"x/y.old":          "error default, exim, ignored known",
		"legacy/new/a.log": "error off, exim, ignored known",
		"fuzz/a.log":       "off default, ignored known broken on purpose",
	} {
		m, _ := c.For(filepath.Join(dir, path))
		extra := "default"
		if s, ok := m.Severities["extra-reply"]; ok {
			extra = s.String()
		}
		got := m.Severities["nested-mail"].String() + " " + extra
		if m.Format != nil {
			got += ", " + m.Format.Name
		}
		got += ", ignored " + strings.TrimSpace(m.Ignored["nested-mail"]+" "+m.Ignored["extra-reply"])
		if got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	_, plain := c.For(filepath.Join(dir, "a.log"))
	_, again := c.For(filepath.Join(dir, "sub/b.log"))
	_, other := c.For(filepath.Join(dir, "legacy/b.log"))
	if plain != again || plain == other {
		t.Errorf("keys %q, %q, %q", plain, again, other)
	}
	if len(c.Custom) != 2 || c.Custom[0].Severity != lint.Error || c.Custom[0].Side != lint.ByClient || c.Custom[1].Side != lint.ByServer {
		t.Errorf("custom rules: %+v", c.Custom)
	}
	if d := lint.Check("# tls: off\nS: 220 mx\nC: AUTH PLAIN c2VjcmV0\nS: 235 Ok\n", c.Custom[:1], lint.Settings{}).Findings; len(d) != 1 || d[0].Message != "AUTH PLAIN **** in the clear" {
		t.Errorf("the custom rule found %+v", d)
	}
}

// TestErrors has one mistake in each configuration, and where it is.
func TestErrors(t *testing.T) {
	const custom = "custom:\n- id: my-rule\n  title: T\n  side: client\n  find: {verb: QUIT}\n"
	for in, want := range map[string]string{
		"extends: strickt\n":                            `x:1:10: "strickt" must be one of standard, strict, mx, submission, lmtp, test-double, publish, or the path of a file; did you mean "strict"?`,
		"extends: [lmtp, {}]\n":                         `x:1:17: this mapping must be one of standard`,
		"extends: ./none.yaml\n":                        `x:1:10: there is no file none.yaml`,
		"sde: client\n":                                 `x:1:1: unknown key "sde"; allowed are custom, exclude, extends, fail-on, ignore, overrides, rules, side; did you mean "side"?`,
		"side: [client]\n":                              `x:1:7: this list must be one of client, server, both`,
		"side: clent\n":                                 `x:1:7: "clent" must be one of client, server, both; did you mean "client"?`,
		"side: client\nside: server\n":                  `x:2:1: "side" is given twice`,
		"rules:\n  nested-mial: off\n":                  `x:2:3: there is no rule "nested-mial"; did you mean "nested-mail"?`,
		"rules:\n  nested-mail: lout\n":                 `x:2:16: "lout" must be one of off, info, warning, error`,
		"rules: {nested-mail: off, nested-mail: off}\n": `x:1:27: "nested-mail" is given twice`,
		"rules: [nested-mail]\n":                        `x:1:8: rules must be a mapping`,
		"- a\n":                                         `x:1:1: the configuration must be a mapping`,
		"a: [\n":                                        `x:1:1: this is no YAML`,
		"side: client\n\tside: b\n":                     `x:2:1: this is no YAML`,
		"side: client\n---\nside: client\n":             `x:2:1: a configuration is one document`,
		"rules: &r {nested-mail: off}\noverrides: [{files: a, rules: *r}]\n": `x:2:31: aliases are not supported`,
		"exclude: a\n":                                                               `x:1:10: exclude must be a list`,
		"exclude: ['[a']\n":                                                          `x:1:11: "[a" is no pattern`,
		"exclude: ['!a']\n":                                                          `x:1:11: "!a" is no pattern`,
		"overrides: [{rules: {}}]\n":                                                 `x:1:13: an override lacks "files"`,
		"overrides: [{files: a, format: swask}]\n":                                   `x:1:32: there is no notation "swask"; did you mean "swaks"?`,
		"ignore: [{rule: nested-mail}]\n":                                            `x:1:10: what is ignored lacks "reason"`,
		"ignore: [{rule: nested-mail, reason: ''}]\n":                                `x:1:38: here must be some text`,
		"ignore: [{rule: nested-mial, reason: a}]\n":                                 `x:1:17: there is no rule "nested-mial"`,
		"custom: [{id: My_Rule, title: T, side: client, find: {verb: a}}]\n":         `x:1:15: "My_Rule" is no name for a rule`,
		"custom: [{id: my-rule, title: T, side: client}]\n":                          `x:1:10: a custom rule lacks "find"`,
		"custom: [{id: nested-mail, title: T, side: client, find: {verb: a}}]\n":     `x:1:10: there is a rule "nested-mail" already`,
		custom + "- id: my-rule\n  title: T\n  side: client\n  find: {verb: QUIT}\n": `x:6:3: there is a rule "my-rule" already`,
		strings.Replace(custom, "verb: QUIT", "", 1):                                 `x:5:9: find is empty`,
		strings.Replace(custom, "verb: QUIT", "vreb: QUIT", 1):                       `x:5:10: unknown key "vreb"`,
		strings.Replace(custom, "verb: QUIT", "args: '('", 1):                        `x:5:16: "(" is no regular expression: missing closing )`,
		strings.Replace(custom, "verb: QUIT", "reply: 999", 1):                       `x:5:17: "999" is no reply`,
		strings.Replace(custom, "verb: QUIT", "secure: maybe", 1):                    `x:5:18: "maybe" must be true or false`,
		strings.Replace(custom, "verb: QUIT", "port: 0", 1):                          `x:5:16: "0" is no port`,
		strings.Replace(custom, "verb: QUIT", "before: {before: {verb: a}}", 1):      `x:5:19: unknown key "before"`,
		custom + "  say: '{vreb}'\n":                                                 `x:6:8: say: there is no field {vreb}`,
		custom + "  examples: {bad: 'C: NOOP'}\n":                                    `x:6:19: my-rule finds nothing in this bad example`,
		custom + "  examples: {good: 'C: QUIT'}\n":                                   `x:6:20: my-rule finds line 1 of this good example: QUIT`,
	} {
		_, err := Parse("x", []byte(in), known)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", in, err, want)
		}
	}
	for _, in := range []string{"extends: lmtp\n", "extends: [lmtp]\n", "", "# nothing\n", "---\n", "rules:\noverrides:\n  # none\n", "~\n"} {
		if _, err := Parse("x", []byte(in), known); err != nil {
			t.Errorf("%q: %v", in, err)
		}
	}
}

// TestOneFaultEach: a custom rule that is wrong is not missed as well.
func TestOneFaultEach(t *testing.T) {
	const in = "rules: {my-rule: off}\ncustom:\n- {id: my-rule, title: T, side: client, find: {verb: QUIT}, examples: {bad: 'C: NOOP'}}\n"
	_, err := Parse("x", []byte(in), known)
	if want := "x:3:77: my-rule finds nothing"; err == nil || !strings.HasPrefix(err.Error(), want) || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestAllErrorsAtOnce: they come in the order of the file, each with its line.
func TestAllErrorsAtOnce(t *testing.T) {
	const in = "rules:\n  nested-mial: off\nsde: client\ncustom: 5\nextends: strickt\n"
	_, err := Parse("x", []byte(in), known)
	if err == nil {
		t.Fatal("no error")
	}
	var got []string
	for line := range strings.SplitSeq(err.Error(), "\n") {
		got = append(got, strings.SplitN(line, ": ", 2)[0])
	}
	want := []string{"x:2:3", "      nested-mial", "x:3:1", "    sde", "x:4:9", "    custom", "x:5:10", "    extends"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q in\n%v", got, want, err)
	}
}

func TestExtendsFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "base/base.yaml", "extends: ../deep.yaml\nrules: {nested-mail: info, extra-reply: off}\nexclude: [x]\nfail-on: info\ncustom:\n- {id: their-rule, title: T, side: client, find: {verb: QUIT}}\n")
	write(t, "deep.yaml", "extends: mx\nside: server\nrules: {nested-mail: off}\n")
	write(t, Name, "extends: [base/base.yaml]\nrules: {extra-reply: error, their-rule: off}\nexclude: [y]\n")
	c, err := Load(Name, known)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(c.Sources, " "), "deep.yaml base/base.yaml .smtplint.yaml"; got != want {
		t.Errorf("sources %s, want %s", got, want)
	}
	if c.Side != "server" || c.FailOn != "info" || c.Hints.Port != 25 || c.Severities["nested-mail"] != lint.Info || c.Severities["extra-reply"] != lint.Error {
		t.Errorf("%+v", c)
	}
	wd, _ := os.Getwd()
	for path, want := range map[string]bool{"x": false, "base/x": true, "y": true} {
		if c.Excluded(filepath.Join(wd, path)) != want {
			t.Errorf("%s is excluded: %v", path, !want)
		}
	}
	write(t, "deep.yaml", "extends: ./base/../.smtplint.yaml\n")
	if _, err := Load(Name, known); err == nil || !strings.Contains(err.Error(), "deep.yaml:1:10: it extends itself: .smtplint.yaml -> base/base.yaml -> deep.yaml -> .smtplint.yaml") {
		t.Errorf("a circle: %v", err)
	}
	write(t, "deep.yaml", "side: clent\n")
	write(t, Name, "extends: [base/base.yaml]\nsde: x\n")
	if _, err := Load(Name, known); err == nil || !strings.HasPrefix(err.Error(), "deep.yaml:1:7") || !strings.Contains(err.Error(), "\n.smtplint.yaml:2:1") {
		t.Errorf("errors of two files: %v", err)
	}
	if _, err := Load("none.yaml", known); err == nil {
		t.Error("no error for a file that is not there")
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestFinder(t *testing.T) {
	dir := t.TempDir()
	repo := filepath.Join(dir, "repo")
	deep := filepath.Join(repo, "a", "b")
	write(t, filepath.Join(repo, ".git", "HEAD"), "")
	write(t, filepath.Join(deep, "x"), "")
	write(t, filepath.Join(dir, Name), "side: client\n") // outside the repository
	f := NewFinder(known)
	if c := f.In(deep); c.Path != "" || c.Side != "" {
		t.Errorf("found %s beyond the repository's root", c.Path)
	}
	want := filepath.Join(repo, "a", Name)
	write(t, want, "side: server\n")
	f = NewFinder(known)
	if c := f.In(deep); c.Path != want || c.Side != "server" || f.In(filepath.Join(repo, "a")) != c || f.In(repo) == c {
		t.Errorf("found %q, want %q", c.Path, want)
	}
	if c := f.In(filepath.Join(dir, "elsewhere")); c.Side != "client" || f.Err() != nil {
		t.Errorf("found %q, %v", c.Path, f.Err())
	}
	write(t, filepath.Join(deep, misnamed), "")
	f = NewFinder(known)
	if c := f.In(deep); c.Path != want || f.Err() == nil || !strings.Contains(f.Err().Error(), "must be called "+Name) {
		t.Errorf("found %q, %v", c.Path, f.Err())
	}
	write(t, filepath.Join(deep, Name), "side: x\n")
	f = NewFinder(known)
	f.In(deep)
	f.In(deep)
	if err := f.Err(); err == nil || strings.Count(err.Error(), "must be one of") != 1 {
		t.Errorf("a broken file: %v", err)
	}
}

// TestShow: what is shown says the same when it is read.
func TestShow(t *testing.T) {
	dir := t.TempDir()
	all := slices.Concat(known, []*lint.Rule{{ID: "helo-instead-of-ehlo"}, {ID: "postmaster-rejected"}, {ID: "starttls-offered-not-used"},
		{ID: "too-many-recipients-code"}, {ID: "vrfy-disabled-should-be-252"}, {ID: "acme-auth-plain"}})
	c, err := Parse(filepath.Join(dir, Name), []byte(everything), known)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := c.For(filepath.Join(dir, "legacy/fuzz/a.log"))
	shown := m.String()
	for _, want := range []string{"# profiles: submission", "# read as exim", "# port 587", "# custom rule acme-auth-plain: AUTH"} {
		if !strings.Contains(shown, want) {
			t.Errorf("it does not show %q:\n%s", want, shown)
		}
	}
	again, err := Parse(filepath.Join(dir, Name), []byte(shown), all)
	if err != nil {
		t.Fatalf("%v in\n%s", err, shown)
	}
	m2, _ := again.For(filepath.Join(dir, "b.log"))
	m2.Config, m.Config, m.Format = nil, nil, nil
	if len(m.Severities) != len(m2.Severities) || len(m.Ignored) != len(m2.Ignored) {
		t.Errorf("shown as %+v, read as %+v", m, m2)
	}
	for id, s := range m.Severities {
		if m2.Severities[id] != s {
			t.Errorf("%s: %v, want %v", id, m2.Severities[id], s)
		}
	}
	if got := (Manner{Config: &Config{}}).String(); got != "# there is no .smtplint.yaml: these are the defaults\n" {
		t.Errorf("nothing is shown as %q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(everything))
	f.Add([]byte("extends: &a [*a]\nrules: {<<: *a}\n"))
	f.Add([]byte("side: client\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if strings.Contains(string(data), "extends") && strings.Contains(string(data), "/") {
			return // it may name any file of this machine
		}
		Parse("x", data, known)
	})
}
