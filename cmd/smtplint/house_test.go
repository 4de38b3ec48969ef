package main

import (
	"bytes"
	"flag"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/rules/explain"
	"github.com/smtplint/smtplint/transcripts/formats"
)

var update = flag.Bool("update", false, "write generated files anew")

const root = "../../"

// goFiles calls each for every Go file of the project, with its folder and
// imports.
func goFiles(t *testing.T, each func(path, dir string, imports []string, src []byte)) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			imports = append(imports, name)
		}
		rel := strings.TrimPrefix(filepath.ToSlash(path), root)
		each(rel, filepath.ToSlash(filepath.Dir(rel)), imports, src)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestImportsRunOneWay: transcripts <- lint <- rules <- cmd. Programs that test
// with lint/linttest want all rules, so that it stands beside cmd, and examples
// show how the floors are used together.
func TestImportsRunOneWay(t *testing.T) {
	const module = "github.com/smtplint/smtplint/"
	floors := []string{"transcripts", "lint", "rules", "cmd"}
	floor := func(dir string) int { return slices.Index(floors, strings.Split(dir, "/")[0]) }
	goFiles(t, func(path, dir string, imports []string, _ []byte) {
		if dir == "lint/linttest" || strings.HasSuffix(path, "example_test.go") {
			dir = "cmd/" + dir
		}
		test := strings.HasSuffix(path, "_test.go") || dir == "lint/report/reporttest"
		if floor(dir) < 0 {
			t.Errorf("%s is in none of %v", path, floors)
		}
		for _, name := range imports {
			if in, ok := strings.CutPrefix(name, module); ok && floor(in) > floor(dir) {
				t.Errorf("%s imports %s, which is above it", path, in)
			}
			if strings.HasPrefix(name, "github.com/alecthomas/kong") && !strings.HasPrefix(dir, "cmd/") {
				t.Errorf("%s imports kong, which only cmd may", path)
			}
			if strings.HasPrefix(name, "gopkg.in/yaml.v3") && dir != "lint/config" && !test {
				t.Errorf("%s imports yaml, which only lint/config may", path)
			}
		}
	})
}

// TestFilesSayOneThing: no file is long.
func TestFilesSayOneThing(t *testing.T) {
	goFiles(t, func(path, _ string, _ []string, src []byte) {
		if n := bytes.Count(src, []byte{'\n'}); n > 400 && !strings.HasSuffix(path, "_test.go") {
			t.Errorf("%s has %d lines, want at most 400", path, n)
		}
	})
}

// TestRulesLiveInTheirFiles: a rule stands in the file that is named after it,
// in the folder of its area, and lists are sorted.
func TestRulesLiveInTheirFiles(t *testing.T) {
	seen := map[string]bool{}
	at := map[lint.Area]string{}
	for _, r := range rules.All {
		if seen[r.ID] {
			t.Errorf("%s is listed twice", r.ID)
		}
		seen[r.ID] = true
		if r.ID <= at[r.Area] {
			t.Errorf("%s stands behind %s", r.ID, at[r.Area])
		}
		at[r.Area] = r.ID
		if !slices.Contains(lint.Areas, r.Area) {
			t.Errorf("%s is in the unknown area %q", r.ID, r.Area)
		}
		dir := root + "rules/" + string(r.Area) + "/"
		src, err := os.ReadFile(dir + strings.ReplaceAll(r.ID, "-", "_") + ".go")
		if err == nil {
			if !bytes.Contains(src, []byte(`"`+r.ID+`"`)) {
				t.Errorf("the file of %s does not hold it", r.ID)
			}
			continue
		}
		// Twins may share a file, named after one of them.
		if !inFileOfTwin(dir, r.ID) {
			t.Errorf("%s: no file is named after it, and no other rule's file holds it", r.ID)
		}
	}
}

func inFileOfTwin(dir, id string) bool {
	for _, r := range rules.All {
		src, err := os.ReadFile(dir + strings.ReplaceAll(r.ID, "-", "_") + ".go")
		if err == nil && bytes.Contains(src, []byte(`ID:       "`+id+`"`)) {
			return true
		}
	}
	return false
}

// TestReadmeNamesOutputFormats: the table of the output formats is what the
// formats say of themselves.
func TestReadmeNamesOutputFormats(t *testing.T) {
	readme, err := os.ReadFile(root + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	want := "|---|---|\n"
	for _, f := range report.Formats {
		want += "| `" + f.Name + "` | " + f.For + " |\n"
	}
	if !bytes.Contains(readme, []byte(want+"\n")) {
		t.Errorf("README.md must have this table:\n%s", want)
	}
	if !slices.IsSortedFunc(report.Formats, func(a, b report.Format) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("report.Formats is not sorted by name")
	}
}

func TestFormatsAreSorted(t *testing.T) {
	for i, f := range formats.All[1:] {
		if before := formats.All[i]; before.Name >= f.Name {
			t.Errorf("formats.All has %s behind %s", f.Name, before.Name)
		}
	}
	for _, f := range formats.All {
		if f.Programs == "" || f.Record == "" || f.Proves == 0 {
			t.Errorf("%s does not say what writes it, how to record it, or what it proves", f.Name)
		}
	}
}

// TestReferenceIsCurrent: the generated pages are what rules and tables say.
func TestReferenceIsCurrent(t *testing.T) {
	for path, want := range map[string]string{
		"rules/README.md":          lint.Reference(rules.All),
		"rules/codes/README.md":    explain.CodesMarkdown(codes.English),
		"rules/codes/README.ko.md": explain.CodesMarkdown(codes.Korean),
	} {
		if *update {
			if err := os.WriteFile(root+path, []byte(want), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := os.ReadFile(root + path); string(got) != want {
			t.Errorf("%s is out of date; run: go test ./cmd/smtplint -run TestReferenceIsCurrent -update", path)
		}
	}
}
