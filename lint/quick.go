package lint

import (
	"io"
	"os"
)

// File lints the recording in a file, in whatever notation it is.
func (l *Linter) File(path string) *File {
	in := Input{Path: path, Linter: l, Open: func(path string) (io.ReadCloser, error) { return os.Open(path) }}
	return in.lint(true)
}

// Read lints a recording, in whatever notation it is. path is what reports call
// it.
func (l *Linter) Read(path string, src io.Reader) *File {
	in := Input{Path: path, Linter: l, Open: func(string) (io.ReadCloser, error) { return io.NopCloser(src), nil }}
	return in.lint(false)
}
