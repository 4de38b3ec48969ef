package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// A replacement is a file that takes the place of another one, or of nothing,
// once it is complete: whoever looks finds the old one or the new one, and
// never a part.
type replacement struct {
	*bufio.Writer
	file *os.File
	path string // of what is replaced, links followed
	once sync.Once
}

// replace begins a replacement. What is no regular file, as /dev/stderr or a
// pipe, is written to directly.
func replace(path string) (*replacement, error) {
	mode, old := os.FileMode(0o666), false
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s is a directory", path)
	case err == nil && !info.Mode().IsRegular():
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return &replacement{Writer: bufio.NewWriterSize(file, 64<<10), file: file}, nil
	case err == nil:
		mode, old = info.Mode().Perm(), true
	}
	dir, name := filepath.Split(path)
	if info, err := os.Stat(filepath.Clean(dir)); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("there is no directory %s", filepath.Clean(dir))
	}
	for {
		file, err := os.OpenFile(filepath.Join(dir, "."+name+"."+strconv.FormatUint(rand.Uint64(), 36)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if old {
			file.Chmod(mode) // as far as the system lets us
		}
		return &replacement{Writer: bufio.NewWriterSize(file, 64<<10), file: file, path: path}, nil
	}
}

// end puts the file in its place, or, where it is of no use, takes it away.
func (r *replacement) end(use bool) (err error) {
	r.once.Do(func() {
		if use {
			err = r.Flush()
		}
		if e := r.file.Close(); err == nil {
			err = e
		}
		if r.path == "" {
			return
		}
		if use && err == nil {
			err = os.Rename(r.file.Name(), r.path)
		}
		if !use || err != nil {
			os.Remove(r.file.Name())
		}
	})
	return err
}
