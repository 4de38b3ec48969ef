package formats

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// No notation gives a weight to a line that begins otherwise than it says, or
// lacks an octet that it says, in its own recordings and in those of all others.
func TestSigners(t *testing.T) {
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
				checkSigners(t, path, withoutCR(bytes.TrimSuffix(line, []byte{'\n'})))
			}
			return nil
		})
	}
}

func checkSigners(t *testing.T, path string, line []byte) {
	for ; len(line) > 0; line = line[1:] { // as it is when prefixes have been taken off
		shown := signers(line, new([maxFormats]uint8))
		for i, f := range All {
			if !slices.Contains(shown, uint8(i)) && f.Sign(line) != 0 {
				t.Errorf("%s: %s gives %q a weight, but begins with one of %q, holds %q and one of %q", path, f.Name, line, f.First, f.Holds, f.HoldsOne)
			}
		}
		if n := bytes.IndexByte(line, ' '); n >= 0 {
			line = line[n:]
		} else {
			return
		}
	}
}
