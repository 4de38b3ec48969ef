package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// inputFlags says how recordings are read.
type inputFlags struct {
	InputFormat   string `placeholder:"NAME" default:"auto" help:"Notation of the recordings: auto, or one that \"smtplint formats\" lists."`
	StdinFilename string `placeholder:"PATH" default:"<stdin>" help:"What to call standard input in the output."`
	Port          int    `placeholder:"N" help:"The server's port, where recordings do not say it; of captures, read the connections to it only."`
	LMTP          bool   `name:"lmtp" help:"The conversations are LMTP."`
}

// options checks the flags.
func (f *inputFlags) options() (lint.Options, error) {
	opts := lint.Options{Hints: transcripts.Hints{Port: f.Port, LMTP: f.LMTP}}
	if f.Port < 0 || f.Port > 65535 {
		return opts, usage("--port: %d is no port", f.Port)
	}
	if f.InputFormat == "auto" {
		return opts, nil
	}
	var err error
	if opts.Format, err = lint.FormatNamed(f.InputFormat); err != nil {
		return opts, usage("--input-format: %v", err)
	}
	return opts, nil
}

// input makes the input that a path stands for; "-" is standard input.
func (f *inputFlags) input(path string, stdin io.Reader) lint.Input {
	if path == "-" {
		return lint.Input{Path: f.StdinFilename, Open: func(string) (io.ReadCloser, error) { return unclosed{stdin}, nil }}
	}
	return lint.Input{Path: path, Open: openFile}
}

// openFile opens a file that was named.
func openFile(path string) (io.ReadCloser, error) {
	src, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := src.Stat(); err == nil && info.IsDir() {
		src.Close()
		return nil, fmt.Errorf("%s is a directory", path)
	}
	return src, nil
}

// unclosed is standard input, which others may want to read on.
type unclosed struct{ io.Reader }

func (unclosed) Close() error { return nil }

// Stat says what standard input is.
func (u unclosed) Stat() (os.FileInfo, error) {
	if file, ok := u.Reader.(*os.File); ok {
		return file.Stat()
	}
	return nil, fs.ErrInvalid
}
