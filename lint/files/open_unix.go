//go:build unix

package files

import (
	"io"
	"io/fs"
	"syscall"
)

// Open opens a regular file to be read. An os.File would ask the kernel four
// times whether it can be waited for, which takes longer than to open it. What
// turns out to be a pipe has nothing to read, rather than somebody to wait for.
func Open(path string) (io.ReadCloser, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		switch err {
		case nil:
			return &file{fd, path}, nil
		case syscall.EINTR:
		default:
			return nil, &fs.PathError{Op: "open", Path: path, Err: err}
		}
	}
}

type file struct {
	fd   int
	path string
}

func (f *file) Read(b []byte) (int, error) {
	for {
		n, err := syscall.Read(f.fd, b)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return 0, &fs.PathError{Op: "read", Path: f.path, Err: err}
		case n == 0 && len(b) > 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (f *file) Close() error { return syscall.Close(f.fd) }
