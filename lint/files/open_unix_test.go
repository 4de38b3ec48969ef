//go:build unix

package files_test

import (
	"io"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/smtplint/smtplint/lint/files"
)

// TestOpenPipe opens a pipe that nobody writes to: there is nothing to wait for.
func TestOpenPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o666); err != nil {
		t.Skip(err)
	}
	f, err := files.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n, err := f.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Errorf("read %d octets, %v", n, err)
	}
}
