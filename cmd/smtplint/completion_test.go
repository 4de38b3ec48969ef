package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint/baseline"
	"github.com/smtplint/smtplint/lint/report"
)

// script writes a completion script and returns its path.
func script(t *testing.T, shell string) string {
	t.Helper()
	if _, err := exec.LookPath(shell); err != nil {
		t.Skipf("%s is not installed", shell)
	}
	path := filepath.Join(t.TempDir(), "_smtplint")
	var out, errs bytes.Buffer
	if status := run([]string{"completion", shell}, strings.NewReader(""), &out, &errs); status != 0 {
		t.Fatalf("status %d: %s", status, &errs)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	if msg, err := exec.Command(shell, "-n", path).CombinedOutput(); err != nil || len(msg) > 0 {
		t.Fatalf("%s does not read it: %v\n%s", shell, err, msg)
	}
	return path
}

// lines are command lines that end where the cursor is, and what is offered
// there: words that must be, and, behind "!", words that must not.
var completions = []struct{ line, want string }{
	{"smtplint --fo", "--format --force-exclude"},
	{"smtplint check --fail", "--fail-on"},
	{"smtplint --format ", "full json jsonl"},
	{"smtplint --format=jsonl", "jsonl !json"},
	{"smtplint -f sho", "short !full"},
	{"smtplint --only missing-q", "missing-quit"},
	{"smtplint --profile s", "strict submission"},
	{"smtplint expl", "explain"},
	{"smtplint explain 25", "250 252"},
	{"smtplint baseline ", "write update show"},
	{"smtplint baseline write --base", "--baseline !--fail-on"},
	{"smtplint config s", "show schema !strict"},
	{"smtplint completion ", "bash zsh fish"},
	{"smtplint rules --fo", "--format !--force-exclude"},
	{"smtplint redact --add", "--addresses !--allow-empty"},
	{"smtplint rec", "recording.log"},
	{"smtplint -c rec", "recording.log"},
}

// offers checks what a shell offers for each of the completions.
func offers(t *testing.T, offered func(line string) []string) {
	t.Helper()
	for _, c := range completions {
		got := offered(c.line)
		for _, want := range strings.Fields(c.want) {
			word, unwanted := strings.CutPrefix(want, "!")
			if slices.Contains(got, word) == unwanted {
				t.Errorf("%q offers %.200q, want %s", c.line, got, c.want)
				break
			}
		}
	}
}

func inDirectory(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("recording.log", nil, 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestBashCompletion(t *testing.T) {
	path := script(t, "bash")
	inDirectory(t)
	offers(t, func(line string) []string {
		words := strings.Fields(strings.ReplaceAll(line, "=", " = "))
		if strings.HasSuffix(line, " ") {
			words = append(words, "")
		}
		code := `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _smtplint; printf '%s\n' "${COMPREPLY[@]}"`
		out, err := exec.Command("bash", append([]string{"-c", code, path}, words...)...).Output()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		return strings.Fields(string(out))
	})
}

func TestFishCompletion(t *testing.T) {
	path := script(t, "fish")
	inDirectory(t)
	offers(t, func(line string) []string {
		out, err := exec.Command("fish", "-N", "-c", `source $argv[1]; complete -C $argv[2]`, path, line).Output()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		var words []string
		for l := range strings.SplitSeq(string(out), "\n") {
			word, _, _ := strings.Cut(l, "\t")
			words = append(words, strings.TrimPrefix(word, "--format="))
		}
		return words
	})
}

// TestZshCompletion runs zsh on a terminal of its own, as that is where it
// completes.
func TestZshCompletion(t *testing.T) {
	path := script(t, "zsh")
	inDirectory(t)
	const code = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; unsetopt menucomplete automenu; bindkey '^I' list-choices; LISTMAX=100000"
zpty -w shell "done-with() { print; print -r -- @@END@@; zle kill-whole-line }; zle -N done-with; bindkey '^G' done-with"
zpty -w shell "autoload -U compinit; compinit -u -D; source $1; print READY"
zpty -r -m shell out $'*\nREADY*'
shift
for line; do
	zpty -w -n shell "$line"$'\t\a'
	zpty -r -m shell out '*@@END@@*'
	print -r -- "$out" "@@LINE@@"
done
zpty -d shell
`
	var lines []string
	for _, c := range completions {
		lines = append(lines, c.line)
	}
	cmd := exec.Command("zsh", append([]string{"-f", "-c", code, "zsh", path}, lines...)...)
	cmd.Env = append(os.Environ(), "COLUMNS=200", "TERM=dumb")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(string(out), "@@LINE@@")
	offers(t, func(line string) []string {
		plain := controls.ReplaceAllString(answers[slices.Index(lines, line)], " ")
		_, offered, _ := strings.Cut(plain, line) // behind the echo of the line
		return strings.Fields(offered)
	})
}

var controls = regexp.MustCompile(`\x1b\[[0-9;?]*[a-zA-Z]|[\x00-\x1f]`)

// TestAllFlagsComplete: each flag and command of the model is in each script.
func TestAllFlagsComplete(t *testing.T) {
	app := model()
	for shell, script := range map[string]string{"bash": bashCompletion(app), "zsh": zshCompletion(app), "fish": fishCompletion(app)} {
		for _, n := range leavesOf(app.Node) {
			if !strings.Contains(script, n.Name) {
				t.Errorf("%s: no command %s", shell, n.Name)
			}
			for _, f := range n.Flags {
				name := "--" + f.Name
				if shell == "fish" {
					name = "-l " + f.Name
				}
				if !strings.Contains(script, name) {
					t.Errorf("%s: no flag --%s", shell, f.Name)
				}
			}
		}
	}
}

// TestFlagsNameWhatThereIs compares words in the flags' descriptions with what
// they stand for.
func TestFlagsNameWhatThereIs(t *testing.T) {
	for _, n := range leavesOf(model().Node) {
		for _, f := range n.Flags {
			switch {
			case n.Name == "check" && f.Name == "format" && !slices.Equal(f.EnumSlice(), report.Names()):
				t.Errorf("--format: %q, want %q", f.EnumSlice(), report.Names())
			case n.Parent.Name == "baseline" && f.Name == "baseline" && f.Default != baseline.Name:
				t.Errorf("%s: %q, want %q", n.Path(), f.Default, baseline.Name)
			}
		}
	}
}
