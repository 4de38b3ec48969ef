package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// inputFlags says how recordings are read.
type inputFlags struct {
	InputFormat   string `placeholder:"NAME" default:"auto" help:"Notation of the recordings: auto, or one that \"smtplint formats\" lists."`
	StdinFilename string `placeholder:"PATH" default:"<stdin>" help:"What to call standard input in the output."`
	Port          int    `placeholder:"N" help:"The server's port, where the recordings do not say."`
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
	if opts.Format = formats.ByName(f.InputFormat); opts.Format == nil {
		return opts, usage("--input-format: there is no notation %q; it can be auto, %s", f.InputFormat, strings.Join(formatNames(), ", "))
	}
	return opts, nil
}

func formatNames() []string {
	var names []string
	for _, f := range formats.All {
		names = append(names, f.Name)
	}
	return names
}

// input makes the input that a path stands for; "-" is standard input.
func (f *inputFlags) input(path string, stdin io.Reader) lint.Input {
	if path == "-" {
		return lint.Input{Path: f.StdinFilename, Open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }}
	}
	return lint.Input{Path: path, Open: func() (io.ReadCloser, error) {
		src, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		if info, err := src.Stat(); err == nil && info.IsDir() {
			src.Close()
			return nil, fmt.Errorf("%s is a directory", path)
		}
		return src, nil
	}}
}
