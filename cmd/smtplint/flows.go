package main

import (
	"io"
	"os"
	"path/filepath"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts/capture"
)

// inputs makes the inputs that paths stand for. What tcpflow has written makes
// one for each connection, whether a path names the file of one direction, of
// both, or the folder.
func (f *inputFlags) inputs(paths []string, stdin io.Reader) []lint.Input {
	var inputs []lint.Input
	taken := map[string]bool{}
	for _, path := range paths {
		pairs := f.flows(path)
		for _, pair := range pairs {
			if !taken[pair[0]] {
				taken[pair[0]] = true
				inputs = append(inputs, f.pair(pair, stdin))
			}
		}
		if len(pairs) == 0 {
			inputs = append(inputs, f.input(path, stdin))
		}
	}
	return inputs
}

// flows finds the files of tcpflow's that a path stands for.
func (f *inputFlags) flows(path string) (pairs [][2]string) {
	info, err := os.Stat(path)
	if err != nil || f.InputFormat != "auto" && f.InputFormat != capture.Streams.Name {
		return nil
	}
	dir, name := path, ""
	if !info.IsDir() {
		if dir, name = filepath.Split(path); !capture.IsFlow(name) {
			return nil
		}
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
		if name != "" && pair[0] != name && pair[1] != name {
			continue
		}
		for i := range pair {
			if pair[i] != "" {
				pair[i] = filepath.Join(dir, pair[i])
			}
		}
		pairs = append(pairs, pair)
	}
	return pairs
}

// pair makes the input of a connection: the client's file, and the server's.
func (f *inputFlags) pair(pair [2]string, stdin io.Reader) lint.Input {
	client, server := pair[0], pair[1]
	if server == "" {
		in := f.input(client, stdin)
		in.Format = capture.Streams
		return in
	}
	if serves(client) {
		client, server = server, client
	}
	in := f.input(client, stdin)
	in.Replies = server
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
