//go:build !unix

package files

import (
	"io"
	"os"
)

// Open opens a regular file to be read.
func Open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err // not a nil *os.File
	}
	return f, nil
}
