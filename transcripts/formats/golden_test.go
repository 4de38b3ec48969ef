package formats

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

var update = flag.Bool("update", false, "write the .plain files anew")

// TestGolden reads each x.log in testdata, whose name begins with the name of
// its format, as the conversation in x.plain.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.log")
	if err != nil || len(paths) == 0 {
		t.Fatal("no recordings in testdata", err)
	}
	seen := map[string]bool{}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f := detected(data)
			if want := namedAfter(path); nameOf(f) != nameOf(want) {
				t.Fatalf("read as %v, not %v", nameOf(f), nameOf(want))
			}
			seen[f.Name] = true
			got := plain(t, data, f)
			golden := strings.TrimSuffix(path, ".log") + ".plain"
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("conversation (-want +got):\n%s", d)
			}
		})
	}
	for _, f := range All {
		if !seen[f.Name] && f != transcripts.Plain && f.Read == nil {
			t.Errorf("testdata has no recording in %s", f.Name)
		}
	}
}

// namedAfter returns the format that the name of a recording begins with.
// Names of formats may have hyphens, so the longest one counts.
func namedAfter(path string) (best *transcripts.Format) {
	name, _ := strings.CutSuffix(filepath.Base(path), ".log")
	for _, f := range All {
		if (name == f.Name || strings.HasPrefix(name, f.Name+"-")) && (best == nil || len(f.Name) > len(best.Name)) {
			best = f
		}
	}
	return best
}

func nameOf(f *transcripts.Format) string {
	if f == nil {
		return "none"
	}
	return f.Name
}

func detected(data []byte) *transcripts.Format {
	return Detect(data[:min(len(data), transcripts.HeadLength)])
}

func plain(t *testing.T, data []byte, f *transcripts.Format) []byte {
	var out bytes.Buffer
	w := transcripts.NewPlainWriter(&out, f, true)
	rec := transcripts.Open(bytes.NewReader(data))
	defer rec.Close()
	if err := rec.Lines(f, transcripts.Hints{}, w.Line); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
