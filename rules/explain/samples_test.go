package explain

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// TestSampleCodesAreExplained: every code that occurs in a recording of a real
// program has an entry of its own.
func TestSampleCodesAreExplained(t *testing.T) {
	const samples = "../../../shared/samples"
	if _, err := os.Stat(samples); err != nil {
		t.Skip("no samples here")
	}
	replies := map[transcripts.Code]string{}
	enhanced := map[codes.StatusCode]string{}
	err := filepath.WalkDir(samples, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f := formats.Detect(data[:min(len(data), transcripts.HeadLength)])
		if f == nil {
			return nil
		}
		rec := transcripts.Open(bytes.NewReader(data))
		defer rec.Close()
		for s, err := range rec.Sessions(f, transcripts.Hints{}) {
			if err != nil {
				break
			}
			for i := range s.Exchanges {
				for _, l := range s.Exchanges[i].Reply.Lines {
					if l.Code < 200 || l.Malformed() {
						continue
					}
					replies[l.Code] = path
					if status, _, ok := codes.ParseStatusCode(l.Text); ok {
						enhanced[status] = path
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(replies) < 20 || len(enhanced) < 10 {
		t.Errorf("only %d reply codes and %d enhanced codes in the samples", len(replies), len(enhanced))
	}
	for c, path := range replies {
		if codes.Find(c) == nil {
			t.Errorf("%s: %d is not explained", path, c)
		}
	}
	for s, path := range enhanced {
		if codes.FindEnhanced(s.Subject, s.Detail) == nil {
			t.Errorf("%s: %s is not explained", path, s)
		}
	}
}
