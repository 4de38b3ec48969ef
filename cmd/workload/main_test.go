package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts/workload"
)

// TestWorkloads: what is measured with is what it is said to be. In one session
// of a hundred, and in no other, something is found at warning or above.
func TestWorkloads(t *testing.T) {
	linter := lint.New(rules.All, lint.Settings{})
	for _, kind := range workload.Kinds {
		var first, second bytes.Buffer
		if err := workload.Write(&first, kind, 2<<20); err != nil {
			t.Fatal(err)
		}
		if err := workload.Write(&second, kind, 2<<20); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: twice the same makes other octets, %v", kind, err)
		}
		input := lint.Input{Path: kind, Linter: linter, Open: func(string) (io.ReadCloser, error) { return io.NopCloser(&first), nil }}
		for f := range lint.Run([]lint.Input{input}, 1) {
			found := map[string]int{}
			for _, d := range f.Findings {
				if d.Severity >= lint.Warning {
					found[d.Rule.ID]++
				}
			}
			want := map[string]int{}
			switch {
			case kind == "bigline":
				want["message-line-too-long"] = 1
			case f.Sessions >= 100:
				want["rcpt-before-mail"] = f.Sessions / 100
			}
			if !maps.Equal(found, want) {
				t.Errorf("%s: %v in %d sessions, want %v", kind, found, f.Sessions, want)
			}
			if f.Err != nil || f.Sessions == 0 {
				t.Errorf("%s: %d sessions, %v", kind, f.Sessions, f.Err)
			}
		}
	}
	if workload.Write(io.Discard, "none", 1) == nil {
		t.Error("an unknown kind is made")
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	if err := do("", "0", 300, "", 0, []string{dir}); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(dir + "/*/*.txt")
	if err != nil || len(names) != 300 {
		t.Errorf("%d files, %v; want 300", len(names), err)
	}
	if info, err := os.Stat(names[0]); err != nil || info.Size() < 500 {
		t.Errorf("a file of %d octets, %v", info.Size(), err)
	}
	if do("text", "64 MB", 0, "", 0, nil) == nil {
		t.Error("a strange size is taken")
	}
}
