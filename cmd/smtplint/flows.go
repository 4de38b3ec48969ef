package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts/capture"
)

// readsFlows reports whether what tcpflow has written is read as such: a file
// for each direction of a connection.
func (f *inputFlags) readsFlows() bool {
	return f.InputFormat == "auto" || f.InputFormat == capture.Streams.Name
}

// flows takes the connections out of the files of a directory, and returns the
// others.
func (s *selection) flows(dir string, names []string) (others []string) {
	if !slices.ContainsFunc(names, capture.IsFlow) {
		return names
	}
	for _, pair := range capture.Flows(names) {
		s.take(s.pair(dir, pair))
	}
	return slices.DeleteFunc(slices.Clone(names), capture.IsFlow)
}

// flowsAt are the connections that a path stands for: that which a file is one
// direction of, or all in a directory.
func (f *inputFlags) flowsAt(path string) (inputs []lint.Input) {
	info, err := os.Stat(path)
	if err != nil || !f.readsFlows() || !info.IsDir() && !capture.IsFlow(filepath.Base(path)) {
		return nil
	}
	dir, name := path, ""
	if !info.IsDir() {
		dir, name = filepath.Split(path)
	}
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	for _, pair := range capture.Flows(names) {
		if name == "" || pair[0] == name || pair[1] == name {
			inputs = append(inputs, f.pair(dir, pair))
		}
	}
	return inputs
}

// pair makes the input of a connection: the client's file, and the server's.
func (f *inputFlags) pair(dir string, pair [2]string) lint.Input {
	client := filepath.Join(dir, pair[0])
	in := lint.Input{Path: client, Open: openFile, Format: capture.Streams}
	if pair[1] == "" {
		return in
	}
	server := filepath.Join(dir, pair[1])
	if serves(client) {
		client, server = server, client
	}
	in.Path, in.Replies = client, server
	in.Format = capture.Pair(func() (io.ReadCloser, error) { return os.Open(server) })
	return in
}

func serves(path string) bool {
	src, err := os.Open(path)
	if err != nil {
		return false
	}
	defer src.Close()
	head := make([]byte, 4)
	n, _ := io.ReadFull(src, head)
	return capture.Serves(head[:n])
}
