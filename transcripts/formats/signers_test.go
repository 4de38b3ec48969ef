package formats

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// No notation gives a weight to a line that begins otherwise than it says, in
// its own recordings and in those of all others.
func TestFirst(t *testing.T) {
	for _, dir := range []string{"testdata", samples} {
		filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasSuffix(path, ".pcap") {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for line := range bytes.Lines(data[:min(len(data), 256<<10)]) {
				checkFirst(t, path, withoutCR(bytes.TrimSuffix(line, []byte{'\n'})))
			}
			return nil
		})
	}
}

func checkFirst(t *testing.T, path string, line []byte) {
	for ; len(line) > 0; line = line[1:] { // as it is when prefixes have been taken off
		for _, f := range All {
			if f.First != "" && strings.IndexByte(f.First, line[0]) < 0 && f.Sign(line) != 0 {
				t.Errorf("%s: %s gives %q a weight, but lists %q", path, f.Name, line, f.First)
			}
		}
		if n := bytes.IndexByte(line, ' '); n >= 0 {
			line = line[n:]
		} else {
			return
		}
	}
}
