package files_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint/files"
)

// TestOpen reads a file whole, and gets the errors that package os gives.
func TestOpen(t *testing.T) {
	path, want := filepath.Join(t.TempDir(), "x.log"), strings.Repeat("S: 220 mx.example.org\n", 10000)
	if err := os.WriteFile(path, []byte(want), 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := files.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(f); string(got) != want || err != nil {
		t.Errorf("read %d octets of %d, %v", len(got), len(want), err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, err := f.Read(make([]byte, 1)); err == nil || err == io.EOF {
		t.Errorf("reading what is closed: %v", err)
	}

	for _, path := range []string{path + ".none", path + "/x", ""} {
		f, err := files.Open(path)
		_, want := os.Open(path)
		if f != nil || err == nil || err.Error() != want.Error() || errors.Is(err, os.ErrNotExist) != errors.Is(want, os.ErrNotExist) {
			t.Errorf("%q: %v, want %v", path, err, want)
		}
	}

	f, err = files.Open(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	_, got := f.Read(make([]byte, 1))
	if _, want := dir.Read(make([]byte, 1)); got == nil || got.Error() != want.Error() {
		t.Errorf("a directory: %v, want %v", got, want)
	}
}
